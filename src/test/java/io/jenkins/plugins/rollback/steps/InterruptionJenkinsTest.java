package io.jenkins.plugins.rollback.steps;

import static io.jenkins.plugins.rollback.harness.Rig.deploy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.rollback.config.ApprovalPolicyConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.harness.Rig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** A person, a timeout or another build ends what a step is doing. Nothing ever runs by itself after a person. */
public class InterruptionJenkinsTest {

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Rig rig;

    @Before
    public void rig() {
        rig = new Rig(jenkins);
    }

    /** As the red button does. */
    private static void abort(WorkflowRun run) {
        run.getExecutor().interrupt(Result.ABORTED, new CauseOfInterruption.UserInterruption("alice"));
    }

    @Test
    public void aPersonInTheFirstPass() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run = rig.start("deploy", deploy("2.0", "semaphore 'first'\necho \"pass ${RELEASE_VERSION}\""));
        SemaphoreStep.waitForStart("first/1", run);
        abort(run);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(rig.lastStory())
                .containsExactly("deployment.started", "deployment.interrupted", "rollback.proposed");
        assertThat(rig.deployment("2.0").state()).isEqualTo(Deployment.State.INTERRUPTED);
        jenkins.assertLogNotContains("Going back to checkout", run);
        rig.assertFree();
    }

    @Test
    public void aPersonWhoseAbortTheBodyCaught() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run =
                rig.start("deploy", deploy("2.0", "catchError { semaphore 'caught' }\nerror 'and then this failed'"));
        SemaphoreStep.waitForStart("caught/1", run);
        abort(run);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(rig.lastStory())
                .containsExactly("deployment.started", "deployment.interrupted", "rollback.proposed");
        rig.assertFree();
    }

    @Test
    public void aPersonInTheSecondPass() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run =
                rig.start("deploy", deploy("2.0", "if (!env.ROLLBACK_ID) { error 'broken' }\nsemaphore 'second'"));
        SemaphoreStep.waitForStart("second/1", run);
        abort(run);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(rig.lastStory())
                .containsExactly(
                        "deployment.started",
                        "deployment.failed",
                        "rollback.requested",
                        "rollback.started",
                        "rollback.failed",
                        "escalation",
                        "rollback.proposed");
        assertThat(rig.deployed()).isEqualTo("1.0");
        rig.assertFree();
    }

    @Test
    public void aPersonWhileItWaitsForTheLease() throws Exception {
        rig.withGoodRelease();
        WorkflowRun holder = rig.start("other", deploy("1.0", "semaphore 'holds'"));
        SemaphoreStep.waitForStart("holds/1", holder);
        WorkflowRun waiting = rig.start("deploy", deploy("2.0", "echo 'never'"));
        jenkins.waitForMessage("Waiting: checkout in production is held by deployment", waiting);
        abort(waiting);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(waiting));

        assertThat(rig.story().stream().filter("deployment.started"::equals)).hasSize(2);
        assertThat(rig.rollbacks()).isEmpty();
        SemaphoreStep.success("holds/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(holder));
        rig.assertFree();
    }

    @Test
    public void theNextDeploymentGoesOnWhenTheLeaseIsFree() throws Exception {
        rig.withGoodRelease();
        WorkflowRun holder = rig.start("other", deploy("1.0", "semaphore 'busy'"));
        SemaphoreStep.waitForStart("busy/1", holder);
        WorkflowRun waiting = rig.start("deploy", deploy("2.0", "echo 'at last'"));
        jenkins.waitForMessage("(other#2)", waiting);
        SemaphoreStep.success("busy/1", null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(holder));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(waiting));
        assertThat(rig.deployed()).isEqualTo("2.0");
    }

    @Test
    public void aPersonWhileItWaitsForTheApproval() throws Exception {
        rig.withGoodRelease();
        policy(60);
        WorkflowRun run = rig.start("deploy", deploy("2.0", ", approval: 'people'", "error 'broken'"));
        jenkins.waitForMessage("Approval needed", run);
        abort(run);
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        assertThat(rig.lastStory())
                .containsExactly(
                        "deployment.started",
                        "deployment.failed",
                        "rollback.requested",
                        "approval.asked",
                        "approval.ended",
                        "rollback.cancelled",
                        "rollback.proposed");
        assertThat(RollbackEngine.get().approvals().waiting()).isEmpty();
        rig.assertFree();
    }

    @Test
    public void anApprovalLetsItGoBack() throws Exception {
        rig.withGoodRelease();
        policy(60);
        WorkflowRun run = rig.start(
                "deploy",
                deploy("2.0", ", approval: 'people'", "if (!env.ROLLBACK_ID) { error 'broken' }\necho 'went back'"));
        jenkins.waitForMessage("Approval needed", run);
        vote(true);
        jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("went back", run);
        assertThat(rig.lastStory())
                .containsSubsequence("rollback.requested", "approval.asked", "approval.given", "rollback.started");
    }

    @Test
    public void aRejectedApprovalLeavesItAsItIs() throws Exception {
        rig.withGoodRelease();
        policy(60);
        WorkflowRun run =
                rig.start("deploy", "retry(2) { " + deploy("2.0", ", approval: 'people'", "error 'broken'") + " }");
        jenkins.waitForMessage("Approval needed", run);
        vote(false);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.CANCELLED);
        assertThat(rig.lastStory()).endsWith("approval.refused", "rollback.cancelled");
        rig.assertFree();
    }

    @Test
    public void anInnerTimeoutIsAFailure() throws Exception {
        rig.withGoodRelease();
        rig.run(
                Result.UNSTABLE,
                deploy("2.0", "if (!env.ROLLBACK_ID) { timeout(time: 1, unit: 'SECONDS') { sleep 600 } }"));
        assertThat(rig.rollback().state()).isEqualTo(RollbackInfo.State.DONE);
    }

    @Test
    public void anEnclosingTimeoutIsAnInterruption() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run =
                rig.run(Result.ABORTED, "timeout(time: 3, unit: 'SECONDS') {\n" + deploy("2.0", "sleep 600") + "}");
        assertThat(rig.lastStory())
                .containsExactly("deployment.started", "deployment.interrupted", "rollback.proposed");
        jenkins.assertLogNotContains("Going back to checkout", run);
        rig.assertFree();
    }

    @Test
    public void aKilledBuildIsRecordedWhenItEnds() throws Exception {
        rig.withGoodRelease();
        WorkflowRun run = rig.start("deploy", deploy("2.0", "semaphore 'killed'"));
        SemaphoreStep.waitForStart("killed/1", run);
        run.doKill();
        jenkins.waitForCompletion(run);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(rig.lastStory())
                .containsExactly("deployment.started", "deployment.interrupted", "rollback.proposed"));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(rig::assertFree);
    }

    private static void policy(int minutes) {
        ApprovalPolicyConfig policy = new ApprovalPolicyConfig("people");
        policy.setExpiryMinutes(minutes);
        policy.setRequesterMayApprove(true);
        RollbackConfiguration.get().setApprovalPolicies(List.of(policy));
    }

    private static void vote(boolean approve) throws Exception {
        List<Approval> waiting = RollbackEngine.get().approvals().waiting();
        assertThat(waiting).hasSize(1);
        RollbackEngine.get().approvals().vote(waiting.get(0).id(), "bob", Set.of(), approve, "because");
    }
}
