package io.jenkins.plugins.rollback.steps;

import static io.jenkins.plugins.rollback.harness.Rig.TARGET;
import static io.jenkins.plugins.rollback.harness.Rig.deploy;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.rollback.config.ApprovalPolicyConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.WayBackConfig;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import io.jenkins.plugins.rollback.harness.Rig;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** Going back because somebody asks for it. */
public class RollbackReleaseJenkinsTest {

    private static final String BACK = "rollbackRelease(service: 'checkout', environment: 'production'%s) {\n"
            + "echo \"back: ${RELEASE_VERSION} from ${env.ROLLBACK_FROM} as ${ROLLBACK_ID}\"\n"
            + "fakeGate 'PASS'\n}";

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Rig rig;

    @Before
    public void rig() throws Exception {
        rig = new Rig(jenkins).withGoodRelease();
        rig.run(Result.SUCCESS, deploy("2.0", "fakeGate 'PASS'"));
    }

    private static String back(String options) {
        return String.format(BACK, options);
    }

    @Test
    public void goesToTheLastGoodRelease() throws Exception {
        WorkflowRun run = rig.run("back", back(", reason: 'checkout errors'"));
        jenkins.assertBuildStatusSuccess(run);

        RollbackInfo rollback = rig.rollback();
        jenkins.assertLogContains("back: 1.0 from 2.0 as " + rollback.id(), run);
        assertThat(rollback.state()).isEqualTo(RollbackInfo.State.DONE);
        assertThat(rollback.verification()).isEqualTo(Verdict.PASS);
        assertThat(rig.deployed()).isEqualTo("1.0");
        assertThat(rig.deployment("2.0").rolledBackBy()).isEqualTo(rollback.id());
        rig.assertFree();
    }

    @Test
    public void aRejectedApprovalCallsItOff() throws Exception {
        ApprovalPolicyConfig policy = new ApprovalPolicyConfig("people");
        policy.setRequesterMayApprove(true);
        policy.setEnvironment("production"); // bound: applies although the step names none
        RollbackConfiguration.get().setApprovalPolicies(List.of(policy));
        WorkflowRun run = rig.start("back", "retry(2) { " + back("") + " }");
        jenkins.waitForMessage("Approval needed", run);
        String approval = RollbackEngine.get().approvals().waiting().get(0).id();
        RollbackEngine.get().approvals().vote(approval, "bob", Set.of(), false, "not now");

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.CANCELLED);
        assertThat(rig.deployed()).isEqualTo("2.0");
        rig.assertFree();
    }

    @Test
    public void theWayBackCarriesOutWhatWasProposed() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        engine.rollbacks()
                .proposed("rb-PROPOSED", TARGET, "2.0", "1.0", null, "button", null, Actor.user("bob"), "why not");
        WorkflowJob job = rig.job("back", back(", to: params.RELEASE"));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("RELEASE", ""), new StringParameterDefinition("ROLLBACK_ID", "")));
        RollbackConfiguration.get().setWayBacks(List.of(new WayBackConfig("checkout", "production", "back")));

        WayBackStarter.start(TARGET, "rb-PROPOSED", "1.0", Actor.user("bob"), Jenkins.ANONYMOUS2);
        jenkins.waitUntilNoActivity();

        WorkflowRun run = jenkins.assertBuildStatusSuccess(job.getLastBuild());
        jenkins.assertLogContains("as rb-PROPOSED", run);
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.DONE);
        assertThat(Requesters.of(run)).containsExactly("bob");

        // the same one again is refused: it has ended
        WayBackStarter.start(TARGET, "rb-PROPOSED", "1.0", Actor.user("bob"), Jenkins.ANONYMOUS2);
        jenkins.waitUntilNoActivity();
        WorkflowRun again = jenkins.assertBuildStatus(Result.FAILURE, job.getLastBuild());
        jenkins.assertLogContains("rollback rb-PROPOSED is done", again);
        rig.assertFree();
    }

    @Test
    public void insideANodeTheArtifactsAreThere() throws Exception {
        WorkflowRun run = rig.run(
                "back",
                "node { rollbackRelease(service: 'checkout', environment: 'production') {\n"
                        + "echo \"in it: ${readFile(RELEASE_DIR + '/app.txt')}\"\n} }");
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("in it: checkout 1.0", run);
    }
}
