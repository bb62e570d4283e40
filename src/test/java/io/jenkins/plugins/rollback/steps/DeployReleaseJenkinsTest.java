package io.jenkins.plugins.rollback.steps;

import static io.jenkins.plugins.rollback.harness.Rig.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.rollback.actions.DeploymentAction;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import io.jenkins.plugins.rollback.harness.Rig;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** What {@code deployRelease} makes of the ways in which its body can end. */
public class DeployReleaseJenkinsTest {

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Rig rig;

    @Before
    public void rig() {
        rig = new Rig(jenkins);
    }

    @Test
    public void deploysAndTellsTheBodyWhat() throws Exception {
        rig.configured().retained("1.0");

        WorkflowRun run = rig.run(
                Result.SUCCESS,
                "def result = "
                        + deploy(
                                "1.0",
                                "echo \"out: ${RELEASE_SERVICE} ${RELEASE_ENVIRONMENT} ${RELEASE_VERSION}"
                                        + " ${RELEASE_COMMIT} ${DEPLOYMENT_ID} ${env.ROLLBACK_ID}\"")
                        + "echo \"result: ${result.version} ${result.deployment} ${result.rolledBack}\"");

        Deployment deployment = rig.deployment("1.0");
        assertThat(deployment.state()).isEqualTo(Deployment.State.SUCCEEDED);
        assertThat(deployment.build()).isEqualTo("deploy#1");
        jenkins.assertLogContains("out: checkout production 1.0 c0ffee10 " + deployment.id() + " null", run);
        jenkins.assertLogContains("result: 1.0 " + deployment.id() + " false", run);
        assertThat(rig.deployed()).isEqualTo("1.0");
        assertThat(rig.rollbacks()).isEmpty();
        rig.assertFree();
    }

    @Test
    public void goesBackWithTheSameWordsWhenTheBodyThrows() throws Exception {
        rig.withGoodRelease();

        WorkflowRun run = rig.run(
                Result.UNSTABLE,
                "retry(3) {\n"
                        + deploy(
                                "2.0",
                                "echo \"pass: ${RELEASE_VERSION} ${env.ROLLBACK_FROM}\"\n"
                                        + "if (RELEASE_VERSION == '2.0') { error 'broken' }\nfakeGate 'PASS'")
                        + "}\necho 'later stage'");

        jenkins.assertLogContains("pass: 2.0 null", run);
        jenkins.assertLogContains("pass: 1.0 2.0", run);
        jenkins.assertLogContains("broken", run);
        jenkins.assertLogNotContains("later stage", run);
        assertThat(rig.lastStory())
                .containsExactly(
                        "deployment.started",
                        "deployment.failed",
                        "rollback.requested",
                        "rollback.started",
                        "gate.verdict",
                        "rollback.verified",
                        "rollback.done");
        RollbackInfo rollback = rig.rollback();
        assertThat(rollback.state()).isEqualTo(RollbackInfo.State.DONE);
        assertThat(rollback.from()).isEqualTo("2.0");
        assertThat(rollback.to()).isEqualTo("1.0");
        assertThat(rollback.verification()).isEqualTo(Verdict.PASS);
        assertThat(rig.deployment("2.0").rolledBackBy()).isEqualTo(rollback.id());
        assertThat(rig.deployed()).isEqualTo("1.0");
        rig.assertFree();
    }

    @Test
    public void eachPassIsAStageOfItsOwn() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run = rig.run(Result.UNSTABLE, deploy("2.0", "if (!env.ROLLBACK_ID) { error 'broken' }"));

        List<String> labels = new java.util.ArrayList<>();
        new DepthFirstScanner().allNodes(run.getExecution()).forEach(node -> {
            LabelAction label = node.getAction(LabelAction.class);
            if (label != null) {
                labels.add(label.getDisplayName());
            }
        });
        assertThat(labels).contains("Deploy checkout 2.0", "Going back to checkout 1.0");
    }

    @Test
    public void aGateThatFailedDecidesWhateverTheBodyMadeOfIt() throws Exception {
        rig.withGoodRelease();

        WorkflowRun caught = rig.run(
                Result.FAILURE, // what catchError set is not improved
                deploy("2.0", "if (!env.ROLLBACK_ID) { catchError { fakeGate 'FAIL' } }"));
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.DONE);
        jenkins.assertLogContains("gate failed", caught);

        rig.retained("3.0");
        WorkflowRun returned = rig.run(
                Result.UNSTABLE,
                deploy(
                        "3.0",
                        "if (!env.ROLLBACK_ID) { echo \"said ${fakeGate(verdict: 'FAIL', failBuild: false)}\" }"));
        jenkins.assertLogContains("said FAIL", returned);
        assertThat(rig.rollbacks()).hasSize(2);
        assertThat(rig.deployed()).isEqualTo("1.0");
    }

    @Test
    public void aFailedGateEndsTheBranchesBesideIt() throws Exception {
        rig.withGoodRelease();

        WorkflowRun run = rig.run(
                Result.UNSTABLE,
                deploy(
                        "2.0",
                        "if (!env.ROLLBACK_ID) { parallel gate: { sleep 1; fakeGate verdict: 'FAIL', failBuild: false;"
                                + " sleep 3; echo 'gate branch went on' },"
                                + " beside: { sleep 600; echo 'should not come' } }"));

        jenkins.assertLogContains("gate branch went on", run);
        jenkins.assertLogNotContains("should not come", run);
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.DONE);
    }

    @Test
    public void onFailureNoneOnlyRecords() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run = rig.run(Result.FAILURE, deploy("2.0", ", onFailure: 'none'", "error 'broken'"));

        jenkins.assertLogContains("ERROR: broken", run);
        assertThat(rig.lastStory()).containsExactly("deployment.started", "deployment.failed");
        rig.assertFree();
    }

    @Test
    public void onFailureProposeAsksFirst() throws Exception {
        rig.withGoodRelease();
        rig.run(Result.FAILURE, deploy("2.0", ", onFailure: 'propose'", "error 'broken'"));

        assertThat(rig.lastStory()).containsExactly("deployment.started", "deployment.failed", "rollback.proposed");
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.PROPOSED);
        assertThat(rig.rollback().to()).isEqualTo("1.0");
        rig.assertFree();
    }

    @Test
    public void withoutALastGoodItSaysWhatWasConsidered() throws Exception {
        rig.configured().retained("1.0", "2.0");
        rig.run(Result.FAILURE, deploy("1.0", ", onFailure: 'none'", "error 'broken'"));
        WorkflowRun run = rig.run(Result.FAILURE, deploy("2.0", "error 'broken too'"));

        jenkins.assertLogContains("Cannot go back from 2.0 of checkout in production: no last-good release", run);
        jenkins.assertLogContains("1.0 (it failed)", run);
        jenkins.assertLogContains("broken too", run);
        rig.assertFree();
    }

    @Test
    public void aSecondPassThatFailsEscalates() throws Exception {
        rig.withGoodRelease();
        rig.run(Result.FAILURE, deploy("2.0", "error \"broken ${RELEASE_VERSION}\""));

        assertThat(rig.lastStory())
                .containsExactly(
                        "deployment.started",
                        "deployment.failed",
                        "rollback.requested",
                        "rollback.started",
                        "rollback.failed",
                        "escalation");
        rig.assertFree();
    }

    @Test
    public void aVerificationThatFailsEscalates() throws Exception {
        rig.withGoodRelease();
        rig.run(
                Result.FAILURE,
                deploy("2.0", "if (!env.ROLLBACK_ID) { error 'broken' }; fakeGate verdict: 'FAIL', failBuild: false"));

        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.FAILED);
        assertThat(rig.rollback().verification()).isEqualTo(Verdict.FAIL);
        assertThat(rig.lastStory()).endsWith("rollback.failed", "escalation");
        rig.assertFree();
    }

    @Test
    public void afterRollbackContinueGoesOn() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run = rig.run(
                Result.SUCCESS,
                "def result = "
                        + deploy("2.0", ", afterRollback: 'continue'", "if (!env.ROLLBACK_ID) { error 'broken' }")
                        + "echo \"now ${result.version} ${result.rolledBack}\"");
        jenkins.assertLogContains("now 1.0 true", run);
    }

    @Test
    public void refusesWhatIsNotKnownAndListsWhatIs() throws Exception {
        rig.configured().retained("1.0");
        WorkflowRun release = rig.run(Result.FAILURE, deploy("9.9", "echo 'no'"));
        jenkins.assertLogContains("unknown release '9.9' of service 'checkout'; retained, newest first: 1.0", release);
        WorkflowRun environment =
                rig.run(Result.FAILURE, deploy("1.0", "echo 'no'").replace("'production'", "'prodution'"));
        jenkins.assertLogContains("unknown environment 'prodution'; known: production", environment);
        WorkflowRun service = rig.run(Result.FAILURE, deploy("1.0", "echo 'no'").replace("'checkout'", "'chekout'"));
        jenkins.assertLogContains("unknown service 'chekout'; known: checkout", service);
        WorkflowRun option = rig.run(Result.FAILURE, deploy("1.0", ", onFailure: 'panic'", "echo 'no'"));
        jenkins.assertLogContains("onFailure 'panic' is not known; it is one of: rollback, propose, none", option);
        WorkflowRun policy = rig.run(Result.FAILURE, deploy("1.0", ", approval: 'nobody'", "echo 'no'"));
        jenkins.assertLogContains("nobody", policy);
        assertThat(rig.story()).isEmpty();
        rig.assertFree();
    }

    @Test
    public void warnsAboutAMissingWayBackAndMisplacedSteps() throws Exception {
        rig.configured().retained("1.0");
        WorkflowRun run = rig.run(Result.SUCCESS, deploy("1.0", "milestone 1"));
        jenkins.assertLogContains("no way back is configured for checkout in production", run);
        jenkins.assertLogContains("'milestone' does not belong into the body of 'deployRelease'", run);
    }

    @Test
    public void theBuildKeepsItsEntriesAndTheCheckpoint() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run = rig.run(Result.UNSTABLE, deploy("2.0", "if (!env.ROLLBACK_ID) { error 'broken' }"));
        // as after a restart
        DeploymentAction action =
                (DeploymentAction) Run.XSTREAM2.fromXML(Run.XSTREAM2.toXML(run.getAction(DeploymentAction.class)));
        action.onLoad(run);

        assertThat(action.getState()).isEqualTo("FAILED");
        assertThat(action.getRollbackState()).isEqualTo("DONE");
        assertThat(action.getEntries()).hasSizeGreaterThan(4).isSorted();
        assertThat(action.getCheckpoint()).contains("\n");
        jenkins.assertLogContains("Ledger checkpoint", run);
    }
}
