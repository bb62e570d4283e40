package io.jenkins.plugins.rollback.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** {@code restoreRelease} in a Jenkins. */
public class RestoreReleaseJenkinsTest {

    private static final String BOTH = "restoreRelease(service: 'checkout', version: '1.0')";

    @Rule
    public JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void retain() throws Exception {
        RollbackConfiguration.get().setClaims(List.of(new ServiceClaim("checkout", "make")));
        jenkins.createOnlineSlave(Label.get("far"));
        run(
                Result.SUCCESS,
                "node {\n writeFile file: 'app/a.txt', text: 'one'\n writeFile file: 'app/b.txt', text: 'two'\n"
                        + "retainRelease service: 'checkout', version: '1.0', artifacts: 'app/'\n"
                        + "writeFile file: 'app/b.txt', text: 'three'\n"
                        + "retainRelease service: 'checkout', version: '2.0', artifacts: 'app/'\n}");
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob project = jenkins.jenkins.getItemByFullName("make", WorkflowJob.class);
        if (project == null) {
            project = jenkins.createProject(WorkflowJob.class, "make");
        }
        project.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, project.scheduleBuild2(0).get());
    }

    private static Entry lastEntry() throws Exception {
        return RollbackEngine.get().ledger().entry(RollbackEngine.get().ledger().size() - 1);
    }

    private Path blob(String path) throws Exception {
        Manifest manifest = RollbackEngine.get()
                .vault()
                .manifest(new ReleaseId("checkout", "1.0"))
                .orElseThrow();
        String hash = manifest.files().stream()
                .filter(file -> file.path().equals(path))
                .map(FileEntry::sha256)
                .findFirst()
                .orElseThrow();
        // the vault alone: Jenkins goes on writing elsewhere in its home
        Path vault = jenkins.jenkins.getRootDir().toPath().resolve("release-rollback/vault");
        try (Stream<Path> all = Files.walk(vault)) {
            return all.filter(file -> file.endsWith(hash)).findFirst().orElseThrow();
        }
    }

    @Test
    public void withoutArgumentsItIsTheReleaseOfTheDeploymentAround() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "node('far') { withEnv(['RELEASE_SERVICE=checkout', 'RELEASE_VERSION=2.0']) {\n"
                        + "echo readFile(restoreRelease() + '/app/b.txt')\n"
                        + "echo readFile(restoreRelease(version: '1.0') + '/app/b.txt') } }");
        jenkins.assertLogContains("three\n", run);
        jenkins.assertLogContains("two\n", run);
        WorkflowRun bare = run(Result.FAILURE, "node { restoreRelease() }");
        jenkins.assertLogContains("restoreRelease needs service and version", bare);
    }

    @Test
    public void whatIsThereIsVerifiedAndKeptAndReplacedWhenItChanged() throws Exception {
        for (String node : new String[] {"far", "built-in"}) {
            WorkflowRun run = run(
                    Result.SUCCESS,
                    "node('" + node + "') {\n def a = " + BOTH + "\n def b = " + BOTH + "\n echo \"same ${a == b}\"\n"
                            + "sh \"printf x >> '${a}/app/a.txt'\"\n echo readFile(" + BOTH
                            + " + '/app/a.txt') + '!'\n}");
            jenkins.assertLogContains("is already in", run);
            jenkins.assertLogContains("same true", run);
            jenkins.assertLogContains("'app/a.txt' has 4 bytes, expected 3", run);
            jenkins.assertLogContains("one!", run);
            jenkins.assertLogContains("@tmp/release-rollback/checkout/1.0", run);
        }
    }

    @Test
    public void anUnknownReleaseIsAnErrorThatListsTheKnown() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "node { restoreRelease service: 'checkout', version: '9.9' }");
        jenkins.assertLogContains("unknown release '9.9' of service 'checkout'; retained, newest first: 2.0, 1.0", run);
        WorkflowRun odd = run(Result.FAILURE, "node { restoreRelease service: 'checkout', version: '../x' }");
        jenkins.assertLogContains("version '../x' is not a valid name", odd);
    }

    @Test
    public void aServiceOfOthersIsNotGiven() throws Exception {
        WorkflowJob stranger = jenkins.createProject(WorkflowJob.class, "stranger");
        stranger.setDefinition(new CpsFlowDefinition("node { " + BOTH + " }", true));
        WorkflowRun run = jenkins.assertBuildStatus(
                Result.FAILURE, stranger.scheduleBuild2(0).get());
        jenkins.assertLogContains("'stranger' does not speak for service 'checkout'", run);
    }

    @Test
    public void bytesThatAreNotWhatWasRetainedAreRefusedAndRecorded() throws Exception {
        Path blob = blob("app/b.txt");
        String expected = blob.getFileName().toString();
        Files.writeString(blob, "twO");
        String found = Sha256.of("twO".getBytes());
        for (String node : new String[] {"far", "built-in"}) {
            long before = RollbackEngine.get().ledger().size();
            WorkflowRun run = run(
                    Result.FAILURE,
                    "node('" + node + "') {\n try { " + BOTH
                            + " } finally { dir(pwd(tmp: true) + '/release-rollback') {"
                            + " sh 'find . -type f | sort' } } }");
            jenkins.assertLogContains("release checkout/1.0 is refused: app/b.txt is not what was retained", run);
            jenkins.assertLogContains(expected, run);
            jenkins.assertLogContains(found, run);
            jenkins.assertLogNotContains("./checkout", run);
            assertThat(RollbackEngine.get().ledger().size()).isEqualTo(before + 1);
            Entry entry = lastEntry();
            assertThat(entry.kind()).isEqualTo(EventKind.RELEASE_REFUSED);
            assertThat(entry.version()).isEqualTo("1.0");
            assertThat(List.of(entry.text("file"), entry.text("expected"), entry.text("found")))
                    .containsExactly("app/b.txt", expected, found);
        }
    }

    @Test
    public void aManifestThatTheLedgerDoesNotKnowIsRefused() throws Exception {
        Path manifests = blob("app/b.txt").getParent().getParent().resolveSibling("releases/checkout");
        Files.writeString(
                manifests.resolve("1.0.json"),
                Files.readString(manifests.resolve("2.0.json")).replace("checkout/2.0", "checkout/1.0"));
        WorkflowRun run = run(Result.FAILURE, "node { " + BOTH + " }");
        jenkins.assertLogContains("the manifest of release checkout/1.0 is not what was retained", run);
        assertThat(lastEntry().kind()).isEqualTo(EventKind.RELEASE_REFUSED);
    }

    @Test
    public void aReleaseThatTheVaultLostIsAnErrorThatSaysWhoRetainedIt() throws Exception {
        Path manifests = blob("app/b.txt").getParent().getParent().resolveSibling("releases/checkout");
        Files.delete(manifests.resolve("1.0.json"));
        WorkflowRun run = run(Result.FAILURE, "node { " + BOTH + " }");
        jenkins.assertLogContains("release checkout/1.0 was retained by make#1", run);
    }

    @Test
    public void branchesThatRestoreTheSameAtOnceAllGetIt() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "node('far') {\n def all = [:]\n for (int i = 0; i < 6; i++) {\n def n = i\n all[\"b${n}\"] = {"
                        + " echo \"${n}=\" + readFile(" + BOTH + " + '/app/a.txt') } }\n parallel all\n"
                        + "sh \"ls '${pwd(tmp: true)}/release-rollback/checkout'\" }");
        for (int i = 0; i < 6; i++) {
            jenkins.assertLogContains(i + "=one", run);
        }
        jenkins.assertLogNotContains(".partial-", run);
    }
}
