package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Result;
import hudson.model.StreamBuildListener;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.harness.Rig;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Releases outlive builds and jobs, and go when the rules say so and no step wants them. */
public class ReleaseRetentionJenkinsTest {

    private static final String RETAIN = "node { writeFile file: 'app', text: 'the app'\n"
            + "retainRelease service: 'checkout', version: '1.0', artifacts: 'app' }";

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static ReleaseId id(String version) {
        return new ReleaseId("checkout", version);
    }

    @Test
    public void outlivesItsBuildItsJobAndARestart() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).configured();
            WorkflowRun run = rig.run(Result.SUCCESS, RETAIN);
            assertThat(RollbackEngine.get()
                            .catalog()
                            .release(id("1.0"))
                            .orElseThrow()
                            .stored())
                    .as("what it took on disk is recorded")
                    .isPositive();
            WorkflowJob job = run.getParent();
            run.delete();
            assertThat(job.getBuildByNumber(1)).isNull();
            job.delete();
        });
        sessions.then(jenkins -> {
            assertThat(jenkins.jenkins.getItem("deploy")).isNull();
            ReleaseRetentionConfig none = new ReleaseRetentionConfig();
            none.setKeep("P1D");
            RollbackConfiguration.get().setReleaseRetention(List.of(none));
            assertThat(work()).contains("Dropped 0 releases");
            WorkflowRun restored = new Rig(jenkins)
                    .configured()
                    .run(
                            "other",
                            "node { def dir = restoreRelease service: 'checkout', version: '1.0'\n"
                                    + "echo \"it says ${readFile(dir + '/app')}\" }");
            jenkins.assertBuildStatus(Result.SUCCESS, restored);
            jenkins.assertLogContains("it says the app", restored);
        });
    }

    /** A sweep that died after its entry and before the bytes went. */
    private static void drop(String version) throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        engine.ledger()
                .append(Event.of(EventKind.RELEASE_DROPPED)
                        .release(id(version))
                        .with("policy", "*/* keeps the last 5 good"));
        Path manifest = Jenkins.get()
                .getRootDir()
                .toPath()
                .resolve("release-rollback/vault/releases/checkout/" + version + ".json");
        Files.setLastModifiedTime(manifest, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }

    private static String work() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TaskListener listener = new StreamBuildListener(out, StandardCharsets.UTF_8);
        Jenkins.get().getExtensionList(ReleaseRetentionWork.class).get(0).execute(listener);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    public void whatWasDroppedIsRefusedByNameAndItsBytesGoWithTheDailyWork() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease().retained("0.9");
            drop("0.9");
            assertThat(RollbackEngine.get().vault().releases()).contains(id("0.9"));
            work();
            assertThat(RollbackEngine.get().vault().releases())
                    .contains(id("1.0"), id("2.0"))
                    .doesNotContain(id("0.9"));

            String why = "release checkout/0.9 was dropped at 20";
            String rule = "*/* keeps the last 5 good (ledger entry ";
            for (String step : new String[] {
                "node { restoreRelease service: 'checkout', version: '0.9' }",
                "rollbackRelease(service: 'checkout', environment: 'production', to: '0.9', reason: 'x') { echo 'no' }",
                Rig.deploy("0.9", "echo 'no'")
            }) {
                WorkflowRun run = rig.run(Result.FAILURE, step);
                jenkins.assertLogContains(why, run);
                jenkins.assertLogContains(rule, run);
            }
        });
    }

    @Test
    public void aDeploymentThatWaitsForItsTurnKeepsItsRelease() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease();
            WorkflowRun first = rig.start("other", Rig.deploy("1.0", "semaphore 'holds'"));
            SemaphoreStep.waitForStart("holds/1", first);
            WorkflowRun second = rig.start("deploy", Rig.deploy("2.0", "echo 'at last'"));
            jenkins.waitForMessage("is held by deployment", second);
            assertThat(ReleaseUser.all()).contains(id("1.0"), id("2.0"));
            assertThat(RollbackEngine.get()
                            .releaseSweep()
                            .plan(RollbackConfiguration.get().releasePolicy())
                            .decisions())
                    .anySatisfy(decision -> {
                        assertThat(decision.release().id()).isEqualTo(id("2.0"));
                        assertThat(decision.why()).isEqualTo("a step that runs names it");
                    });
            SemaphoreStep.success("holds/1", null);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(second));
            assertThat(ReleaseUser.all()).isEmpty();
        });
    }

    @Test
    public void theCommandSaysWhatWouldGoAndIsNotForEverybody() throws Throwable {
        sessions.then(jenkins -> {
            new Rig(jenkins).withGoodRelease();
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .to("reader", "keeper")
                    .grant(RollbackPermissions.CONFIGURE)
                    .everywhere()
                    .to("keeper"));
            CLICommandInvoker.Result plan = new CLICommandInvoker(jenkins, "rollback-releases-sweep")
                    .asUser("keeper")
                    .invokeWithArgs("--dry-run");
            assertThat(plan.returnCode()).as(plan.stderr()).isZero();
            assertThat(plan.stdout())
                    .contains("stays  checkout/1.0: deployed in production")
                    .contains("stays  checkout/2.0: retained less than a day ago")
                    .contains("0 releases would go; 0 bytes would come free");
            assertThat(new CLICommandInvoker(jenkins, "rollback-releases-sweep")
                            .asUser("keeper")
                            .invoke()
                            .stdout())
                    .contains("0 releases dropped");
            assertThat(new CLICommandInvoker(jenkins, "rollback-releases-sweep")
                            .asUser("reader")
                            .invokeWithArgs("--dry-run")
                            .returnCode())
                    .isEqualTo(6);
        });
    }
}
