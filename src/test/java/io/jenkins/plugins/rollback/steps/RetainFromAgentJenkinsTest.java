package io.jenkins.plugins.rollback.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.SlaveComputer;
import io.jenkins.plugins.rollback.config.EnvironmentConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Jars;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** Archives on an agent: what of them crosses the channel, and what is there when that is cut. */
public class RetainFromAgentJenkinsTest {

    private static final Pattern SENT = Pattern.compile("\\(([0-9.]+) (bytes|kB|MB) sent");

    @Rule
    public JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public TemporaryFolder made = new TemporaryFolder();

    private DumbSlave agent;

    @Before
    public void configure() throws Exception {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setEnvironments(List.of(new EnvironmentConfig("production")));
        configuration.setClaims(List.of(new ServiceClaim("checkout", "make"), new ServiceClaim("search", "make")));
        agent = jenkins.createOnlineSlave(Label.get("one"));
    }

    private Path jar(String name, int version, int entries) throws IOException {
        return Files.write(made.getRoot().toPath().resolve(name), Jars.of(version, entries));
    }

    private WorkflowJob job(String service, String version, Path file) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("make", WorkflowJob.class);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, "make");
        }
        job.setDefinition(new CpsFlowDefinition(
                "node('one') { sh 'rm -rf target; mkdir target; cp " + file + " target'\n retainRelease service: '"
                        + service + "', version: '" + version + "', artifacts: 'target/**' }",
                true));
        return job;
    }

    private long sent(String service, String version, Path file) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(
                job(service, version, file).scheduleBuild2(0).get());
        Matcher sent = SENT.matcher(JenkinsRule.getLog(run));
        assertThat(sent.find()).isTrue();
        return (long) (Double.parseDouble(sent.group(1))
                * switch (sent.group(2)) {
                    case "MB" -> 1_000_000;
                    case "kB" -> 1_000;
                    default -> 1;
                });
    }

    private static byte[] retained(ReleaseId id) throws IOException {
        RollbackEngine engine = RollbackEngine.get();
        String sha256 = engine.vault().manifest(id).orElseThrow().files().get(0).sha256();
        try (InputStream in = engine.vault().open(sha256)) {
            return in.readAllBytes();
        }
    }

    private void assertNothingIsLeftOnTheAgent() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(agent.getRemoteFS()))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("taken-apart-")))
                    .isEmpty();
        }
    }

    @Test
    public void ofTheNextVersionOfAJarAFewPerCentAreSent() throws Exception {
        Path one = jar("app-1.jar", 1, 400);
        Path two = jar("app-2.jar", 2, 400);
        assertThat(sent("checkout", "1.0", one)).isGreaterThan(Files.size(one) / 2);
        assertThat(sent("checkout", "2.0", two)).isLessThan(Files.size(two) / 10);
        assertThat(sent("search", "1.0", two))
                .as("a service shows for itself what it has")
                .isGreaterThan(Files.size(two) / 2);
        assertThat(retained(new ReleaseId("checkout", "2.0"))).isEqualTo(Files.readAllBytes(two));
        assertThat(RollbackEngine.get().vault().verify()).isEmpty();
        assertNothingIsLeftOnTheAgent();
    }

    @Test
    public void aChannelThatIsCutInTheMiddleDoesNoHarm() throws Exception {
        ReleaseId id = new ReleaseId("checkout", "1.0");
        Path small = jar("a-first.jar", 1, 20);
        Path large = jar("b-large.jar", 2, 20_000);
        WorkflowJob job = job("checkout", "1.0", small);
        job.setDefinition(new CpsFlowDefinition(
                "node('one') { sh 'rm -rf target; mkdir target; cp " + small + " " + large + " target'\n"
                        + "retainRelease service: 'checkout', version: '1.0', artifacts: 'target/**' }",
                true));
        Path vault = jenkins.jenkins.getRootDir().toPath().resolve("release-rollback/vault");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        // the first archive is stored, so the large one is on its way
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            try (Stream<Path> packs = Files.list(vault.resolve("packs"))) {
                return packs.findAny().isPresent();
            }
        });
        ((SlaveComputer) agent.toComputer()).getChannel().terminate(new IOException("cut"));

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        RollbackEngine engine = RollbackEngine.get();
        assertThat(engine.vault().releases()).isEmpty();
        assertThat(engine.catalog().release(id)).isEmpty();
        assertThat(engine.vault().verify()).isEmpty();
        assertThat(vault.resolve("tmp")).isEmptyDirectory();
        assertThat(engine.shown().of("checkout")).as("need not be sent again").hasSize(1);

        jenkins.waitOnline(agent);
        WorkflowRun again =
                jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0).get());
        jenkins.assertLogContains("Retained checkout/1.0: 2 files", again);
        assertThat(retained(id)).isEqualTo(Files.readAllBytes(small));
        assertThat(engine.vault().verify()).isEmpty();
    }
}
