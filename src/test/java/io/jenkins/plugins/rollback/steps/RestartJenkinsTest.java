package io.jenkins.plugins.rollback.steps;

import static io.jenkins.plugins.rollback.harness.Rig.deploy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.rollback.config.ApprovalPolicyConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.harness.Rig;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** Jenkins goes down in each state and comes back. */
public class RestartJenkinsTest {

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static WorkflowRun run(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    @Test
    public void inTheFirstPass() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease();
            WorkflowRun run =
                    rig.start("deploy", deploy("2.0", "if (!env.ROLLBACK_ID) { semaphore 'one'\nerror 'broken' }"));
            SemaphoreStep.waitForStart("one/1", run);
        });
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins);
            SemaphoreStep.success("one/1", null);
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run(jenkins, "deploy")));
            assertThat(rig.lastStory())
                    .containsExactly(
                            "deployment.started",
                            "deployment.failed",
                            "rollback.requested",
                            "rollback.started",
                            "rollback.done");
            rig.assertFree();
        });
    }

    @Test
    public void inTheSecondPass() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease();
            WorkflowRun run = rig.start(
                    "deploy",
                    deploy(
                            "2.0",
                            "if (!env.ROLLBACK_ID) { error 'broken' }\nsemaphore 'two'\necho \"back ${RELEASE_VERSION}\""));
            SemaphoreStep.waitForStart("two/1", run);
        });
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins);
            SemaphoreStep.success("two/1", null);
            WorkflowRun run = run(jenkins, "deploy");
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("back 1.0", run);
            assertThat(rig.rollbacks()).hasSize(1);
            assertThat(rig.lastStory()).endsWith("rollback.started", "rollback.done");
            rig.assertFree();
        });
    }

    @Test
    public void betweenThePassesWaitingForPeople() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease();
            ApprovalPolicyConfig policy = new ApprovalPolicyConfig("people");
            policy.setRequesterMayApprove(true);
            RollbackConfiguration.get().setApprovalPolicies(List.of(policy));
            WorkflowRun run = rig.start(
                    "deploy", deploy("2.0", ", approval: 'people'", "if (!env.ROLLBACK_ID) { error 'broken' }"));
            jenkins.waitForMessage("Approval needed", run);
        });
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins);
            String approval = RollbackEngine.get().approvals().waiting().get(0).id();
            RollbackEngine.get().approvals().vote(approval, "bob", Set.of(), true, "go");
            jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(run(jenkins, "deploy")));
            assertThat(rig.rollbacks()).hasSize(1);
            assertThat(rig.lastStory()).endsWith("approval.given", "rollback.started", "rollback.done");
            rig.assertFree();
        });
    }

    @Test
    public void whileWaitingForTheLease() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease();
            WorkflowRun holder = rig.start("other", deploy("1.0", "semaphore 'three'"));
            SemaphoreStep.waitForStart("three/1", holder);
            WorkflowRun waiting = rig.start("deploy", deploy("2.0", "echo 'at last'"));
            jenkins.waitForMessage("Waiting: ", waiting);
        });
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins);
            SemaphoreStep.success("three/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "other")));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins, "deploy")));
            assertThat(rig.deployed()).isEqualTo("2.0");
            rig.assertFree();
        });
    }

    /** What a crash can leave: the ledger knows of a deployment whose program is lost. */
    @Test
    public void aDeploymentWhoseProgramIsLostIsRecordedAsInterrupted() throws Throwable {
        File[] folder = new File[1];
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease();
            WorkflowRun run = rig.start("deploy", deploy("2.0", "semaphore 'lost'"));
            SemaphoreStep.waitForStart("lost/1", run);
            folder[0] = run.getRootDir();
        });
        assertThat(new File(folder[0], "program.dat").delete()).isTrue();
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(rig.lastStory())
                    .containsExactly("deployment.started", "deployment.interrupted", "rollback.proposed"));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(rig::assertFree);
        });
    }
}
