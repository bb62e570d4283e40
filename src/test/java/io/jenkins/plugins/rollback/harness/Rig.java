package io.jenkins.plugins.rollback.harness;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.rollback.config.EnvironmentConfig;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A service that may be deployed, with releases to deploy, and questions about what came of it. */
public final class Rig {

    public static final Target TARGET = new Target("checkout", "production");

    /** What a Pipeline of these tests begins with. */
    public static final String DEPLOY =
            "deployRelease(service: 'checkout', environment: 'production', version: '%s'%s) {%n%s%n}%n";

    private final JenkinsRule jenkins;

    public Rig(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** Lists the environment and lets the jobs {@code deploy}, {@code other} and {@code back} speak for the service. */
    public Rig configured() {
        RollbackConfiguration configuration = RollbackConfiguration.get();
        configuration.setEnvironments(List.of(new EnvironmentConfig("production")));
        configuration.setClaims(List.of(
                new ServiceClaim("checkout", "deploy"),
                new ServiceClaim("checkout", "other"),
                new ServiceClaim("checkout", "back")));
        return this;
    }

    /** Puts a release with one file into the vault. */
    public Rig retained(String... versions) throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        for (String version : versions) {
            byte[] bytes = ("checkout " + version).getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            engine.vault().put(hash, new ByteArrayInputStream(bytes));
            ReleaseId id = new ReleaseId("checkout", version);
            Manifest manifest = new Manifest(id, List.of(new FileEntry("app.txt", bytes.length, 0644, hash, null)));
            engine.vault().commit(manifest);
            engine.ledger()
                    .append(Event.of(EventKind.RELEASE_RETAINED)
                            .release(id)
                            .with("manifest", manifest.hash())
                            .with("files", 1)
                            .with("bytes", bytes.length)
                            .with("commit", "c0ffee" + version.replace(".", ""))
                            .with("build", "make#1"));
        }
        return this;
    }

    /** Releases 1.0 and 2.0, of which 1.0 is deployed and passed its gate. */
    public Rig withGoodRelease() throws Exception {
        configured().retained("1.0", "2.0");
        WorkflowRun run = run("other", deploy("1.0", "fakeGate 'PASS'"));
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        return this;
    }

    public static String deploy(String version, String body) {
        return deploy(version, "", body);
    }

    /** @param options for example {@code , onFailure: 'none'} */
    public static String deploy(String version, String options, String body) {
        return String.format(DEPLOY, version, options, body);
    }

    public WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, name);
        }
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    public WorkflowRun start(String name, String script) throws Exception {
        return job(name, script).scheduleBuild2(0).waitForStart();
    }

    public WorkflowRun run(String name, String script) throws Exception {
        return jenkins.waitForCompletion(start(name, script));
    }

    /** Runs it as job {@code deploy} and expects this result. */
    public WorkflowRun run(Result expected, String script) throws Exception {
        return jenkins.assertBuildStatus(expected, run("deploy", script));
    }

    public String deployed() {
        return RollbackEngine.get()
                .catalog()
                .deployed(TARGET)
                .map(Deployment::version)
                .orElse(null);
    }

    /** The newest deployment of a version by a {@code deployRelease}. */
    public Deployment deployment(String version) {
        return RollbackEngine.get().catalog().deployments(TARGET).stream()
                .filter(deployment -> deployment.version().equals(version))
                .filter(deployment -> deployment.id().startsWith("dp-"))
                .findFirst()
                .orElseThrow();
    }

    public List<RollbackInfo> rollbacks() {
        return RollbackEngine.get().catalog().rollbacks(TARGET);
    }

    public RollbackInfo rollback() {
        assertThat(rollbacks()).hasSize(1);
        return rollbacks().get(0);
    }

    /** Kinds of all entries about the target, in order, leases left out. */
    public List<String> story() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        return engine.ledger().entries(0, engine.ledger().size()).stream()
                .filter(entry -> entry.target().map(TARGET::equals).orElse(false))
                .map(Entry::kind)
                .filter(kind -> kind != EventKind.LEASE_TAKEN && kind != EventKind.LEASE_RELEASED)
                .map(EventKind::wire)
                .collect(Collectors.toList());
    }

    /** As {@link #story()}, from the last start of a deployment on. */
    public List<String> lastStory() throws Exception {
        List<String> story = story();
        return story.subList(story.lastIndexOf("deployment.started"), story.size());
    }

    /** A build that has ended holds nothing. */
    public void assertFree() {
        assertThat(RollbackEngine.get().catalog().lease(TARGET)).isEmpty();
    }
}
