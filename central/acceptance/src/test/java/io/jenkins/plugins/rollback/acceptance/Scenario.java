package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A service whose version 1.0 was deployed by a Jenkinsfile of the scenario's own, and a second deployment of which
 * the scenario watches what it does to the world and to the ledger.
 */
final class Scenario {

    static final Duration LIMIT = Duration.ofMinutes(5);

    /** Kinds of entries of a deployment that failed and went back. */
    static final String[] WENT_BACK = {
        "deployment.started", "deployment.failed", "rollback.requested", "rollback.started", "rollback.done"
    };

    /** The same when a person stopped it on the way back: what is left to do, people decide. */
    static final String[] STOPPED_ON_THE_WAY_BACK = {
        "deployment.started",
        "deployment.failed",
        "rollback.requested",
        "rollback.started",
        "rollback.failed",
        "escalation",
        "rollback.proposed"
    };

    private final DemoProject project;
    private final LedgerView ledger;
    private final int before;

    private Scenario(DemoProject project, LedgerView ledger) {
        this.project = project;
        this.ledger = ledger;
        this.before = project.tracks().deploys().size();
    }

    /** Deploys 1.0 with a body, without more. */
    static Scenario of(SharedJenkins jenkins, String service, String body) throws IOException {
        return written(jenkins, service, Jenkinsfiles.retain(service) + Jenkinsfiles.deploy(service, "", body));
    }

    /** Deploys 1.0 with a whole Jenkinsfile. */
    static Scenario written(SharedJenkins jenkins, String service, String jenkinsfile) throws IOException {
        jenkins.as("admin").script("Jenkins.get().numExecutors = 8");
        DemoProject project = new DemoProject(jenkins, service)
                .with("Jenkinsfile", jenkinsfile)
                .set(service)
                .deployed("1.0");
        return new Scenario(project, new LedgerView(jenkins.server()));
    }

    DemoProject project() {
        return project;
    }

    /** Starts a deployment of which the next words that reach the world take until somebody lets them go. */
    Build held(String version) throws IOException {
        project.tracks().holdNextDeploy();
        Build build = project.deploy("alice", version, 0.01);
        Awaitility.await("a deploy is held").atMost(LIMIT).until(() -> project.tracks()
                .isHeld());
        return build;
    }

    /** Starts a deployment and waits for its end. */
    Build deployed(String version, double errors, String result) throws IOException {
        Build build = project.deploy("alice", version, errors);
        ended(build, result);
        return build;
    }

    void ended(Build build, String result) {
        assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo(result);
    }

    /** @return what reached the world since 1.0 was there */
    List<String> deploys() {
        List<String> all = project.tracks().deploys();
        return all.subList(before, all.size());
    }

    /** @return kinds of entries since the newest start of a deployment */
    List<String> story() {
        return ledger.lastStory(project.service());
    }

    /** @return kinds of all entries */
    List<String> wholeStory() {
        return ledger.story(project.service());
    }

    void awaitEntry(String kind) {
        Awaitility.await(kind).atMost(LIMIT).until(() -> story().contains(kind));
    }
}
