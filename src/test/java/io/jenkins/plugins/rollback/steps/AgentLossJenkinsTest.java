package io.jenkins.plugins.rollback.steps;

import static io.jenkins.plugins.rollback.harness.Rig.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.harness.Rig;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** An agent goes while a release is being deployed on it. */
public class AgentLossJenkinsTest {

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Rig rig;

    @Before
    public void rig() throws Exception {
        rig = new Rig(jenkins).withGoodRelease();
    }

    @Test
    public void nodeInsideTheBodyGoesBackElsewhere() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowRun run = rig.start(
                "deploy",
                deploy(
                        "2.0",
                        "if (env.ROLLBACK_ID) { node('built-in') { echo 'back on another node' } }\n" + "else { node('"
                                + agent.getNodeName() + "') { semaphore 'inside' } }"));
        SemaphoreStep.waitForStart("inside/1", run);
        jenkins.jenkins.removeNode(agent);

        jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("back on another node", run);
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.DONE);
        rig.assertFree();
    }

    @Test
    public void nodeAroundTheStepEscalates() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowRun run = rig.start(
                "deploy", "node('" + agent.getNodeName() + "') {\n" + deploy("2.0", "semaphore 'around'") + "}");
        SemaphoreStep.waitForStart("around/1", run);
        jenkins.jenkins.removeNode(agent);

        jenkins.waitForCompletion(run);
        assertThat(run.getResult().isWorseThan(Result.UNSTABLE)).isTrue();
        assertThat(rig.lastStory())
                .containsExactly("deployment.started", "deployment.failed", "escalation", "rollback.proposed");
        rig.assertFree();
    }
}
