package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;

/** A person aborts the build in each state: nothing goes back by itself, the way back is proposed. */
public class AbortAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @Test
    public void whileItWaitsForAnotherDeployment() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "abort-lease", Jenkinsfiles.EVERYONE);
        Build holder = scenario.held("1.1");
        Build waiting = scenario.project().deploy("alice", "2.0", 0.01).waitForLog("Waiting: ", Scenario.LIMIT);
        waiting.abort();
        scenario.ended(waiting, "ABORTED");
        scenario.project().tracks().letGo();
        scenario.ended(holder, "SUCCESS");
        assertThat(scenario.deploys()).containsExactly("everyone 1.1");
        assertThat(scenario.wholeStory().stream().filter("deployment.started"::equals))
                .hasSize(2);
        assertThat(scenario.wholeStory()).doesNotContain("rollback.proposed", "rollback.requested");
    }

    @Test
    public void inTheFirstPass() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "abort-first", Jenkinsfiles.CANARY + Jenkinsfiles.EVERYONE);
        Build build = scenario.held("2.0");
        build.abort();
        scenario.ended(build, "ABORTED");
        assertInterrupted(scenario);
        assertThat(scenario.deploys()).isEmpty();
    }

    @Test
    public void inAGate() throws IOException {
        Scenario scenario = Scenario.of(
                JENKINS,
                "abort-gate",
                Jenkinsfiles.CANARY + "if (env.RELEASE_VERSION == '2.0') {\n" + Jenkinsfiles.GATE + "}\n"
                        + Jenkinsfiles.EVERYONE);
        scenario.project().with("rollback/canary.yaml", Jenkinsfiles.endlessAnalysis("abort-gate"));
        Build build = scenario.project().deploy("alice", "2.0", 0.01);
        scenario.awaitEntry("gate.started");
        build.abort();
        scenario.ended(build, "ABORTED");
        Awaitility.await("the record").atMost(Scenario.LIMIT).untilAsserted(() -> assertThat(scenario.story())
                .startsWith("deployment.started", "gate.started")
                .contains("deployment.interrupted")
                .endsWith("rollback.proposed")
                .doesNotContain("deployment.failed", "rollback.requested", "rollback.started"));
        assertThat(scenario.deploys()).containsExactly("canary 2.0");
    }

    /** The answer that would fail the gate is on its way when somebody aborts: it comes too late to decide anything. */
    @Test
    public void inTheMomentOfDeciding() throws IOException {
        Scenario scenario = Scenario.of(
                JENKINS,
                "abort-deciding",
                Jenkinsfiles.CANARY + "if (env.RELEASE_VERSION == '2.0') {\n" + Jenkinsfiles.GATE + "}\n"
                        + Jenkinsfiles.EVERYONE);
        scenario.project().with("rollback/canary.yaml", DemoProject.analysis("abort-deciding", "1s"));
        DemoTracks tracks = scenario.project().tracks();
        tracks.holdNextLook();
        Build build = scenario.project().deploy("alice", "2.0", 0.9);
        Awaitility.await("a look").atMost(Scenario.LIMIT).until(tracks::isLookHeld);
        build.abort();
        tracks.letLook();
        scenario.ended(build, "ABORTED");
        Awaitility.await("the record").atMost(Scenario.LIMIT).untilAsserted(() -> assertThat(scenario.story())
                .endsWith("rollback.proposed"));
        assertThat(scenario.story())
                .as("override says who stopped the gate")
                .containsExactly(
                        "deployment.started",
                        "gate.started",
                        "override",
                        "deployment.interrupted",
                        "rollback.proposed");
        scenario.deployed("2.1", 0.01, "SUCCESS"); // a late verdict would have been recorded by then
        assertThat(scenario.wholeStory())
                .doesNotContain("gate.verdict", "deployment.failed", "rollback.requested", "rollback.started");
        assertThat(scenario.deploys()).containsExactly("canary 2.0", "canary 2.1", "everyone 2.1");
    }

    @Test
    public void whileItWaitsForAnApproval() throws IOException {
        new RollbackSettings(JENKINS.as("admin")).policy("abort-people", "bob");
        Scenario scenario = Scenario.written(
                JENKINS,
                "abort-approval",
                Jenkinsfiles.retain("abort-approval")
                        + Jenkinsfiles.deploy(
                                "abort-approval",
                                ", approval: 'abort-people'",
                                Jenkinsfiles.BROKEN + Jenkinsfiles.EVERYONE));
        Build build = scenario.project().deploy("alice", "2.0", 0.01);
        scenario.awaitEntry("approval.asked");
        build.abort();
        scenario.ended(build, "ABORTED");
        assertThat(scenario.story())
                .containsExactly(
                        "deployment.started",
                        "deployment.failed",
                        "rollback.requested",
                        "approval.asked",
                        "approval.ended",
                        "rollback.cancelled",
                        "rollback.proposed");
        assertThat(scenario.deploys()).isEmpty();
    }

    /** The artifacts travel to an agent that does not answer when somebody loses patience. */
    @Test
    public void whileTheOldReleaseIsRestored() throws IOException {
        String service = "abort-restoring";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                Jenkinsfiles.retain(service) + "node(params.VERSION == '2.0' ? 'frozen' : '') {\n"
                        + Jenkinsfiles.deploy(
                                service,
                                "",
                                "node('built-in') { sh \"cd '${restoreRelease()}' && ./deploy.sh canary\" }\n"
                                        + "if (env.RELEASE_VERSION == '2.0') { error 'broken' }\n"
                                        + "sh 'cd \"$RELEASE_DIR\" && ./deploy.sh everyone'\n")
                        + "}\n");
        try (AgentProcess agent = new AgentProcess(JENKINS, "frozen")) {
            Build build = scenario.held("2.0");
            agent.freeze();
            scenario.project().tracks().letGo();
            scenario.awaitEntry("rollback.started");
            build.abort();
            agent.thaw();
            scenario.ended(build, "ABORTED");
        }
        assertThat(scenario.story()).containsExactly(Scenario.STOPPED_ON_THE_WAY_BACK);
        assertThat(scenario.deploys()).containsExactly("canary 2.0");
    }

    @Test
    public void whileARollbackWaitsForADeployment() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "abort-rollback", Jenkinsfiles.EVERYONE);
        scenario.project().setWayBack("");
        scenario.deployed("2.0", 0.01, "SUCCESS");
        Build holder = scenario.held("3.0");
        Build back = scenario.project().goBack("alice").waitForLog("Waiting: ", Scenario.LIMIT);
        back.abort();
        scenario.ended(back, "ABORTED");
        scenario.project().tracks().letGo();
        scenario.ended(holder, "SUCCESS");
        assertThat(scenario.deploys()).containsExactly("everyone 2.0", "everyone 3.0");
        assertThat(scenario.story())
                .containsSubsequence("rollback.requested", "rollback.cancelled", "rollback.proposed")
                .contains("deployment.succeeded")
                .doesNotContain("rollback.started");
    }

    @Test
    public void inTheSecondPass() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "abort-second", Jenkinsfiles.BROKEN + Jenkinsfiles.EVERYONE);
        Build build = scenario.held("2.0");
        scenario.awaitEntry("rollback.started");
        build.abort();
        scenario.ended(build, "ABORTED");
        assertThat(scenario.story()).containsExactly(Scenario.STOPPED_ON_THE_WAY_BACK);
    }

    /** What people stop is told from what a newer build stops only by who did it: neither goes back. */
    @Test
    public void aNewerBuildAbortsThePreviousOne() throws IOException {
        String service = "abort-previous";
        Scenario scenario = Scenario.written(
                JENKINS,
                service,
                "properties([disableConcurrentBuilds(abortPrevious: true), parameters([string(name: 'VERSION')])])\n"
                        + Jenkinsfiles.retain(service)
                        + Jenkinsfiles.deploy(service, "", Jenkinsfiles.CANARY + Jenkinsfiles.EVERYONE));
        Build older = scenario.held("2.0");
        Build newer = scenario.project().deploy("alice", "3.0", 0.01);
        scenario.ended(older, "NOT_BUILT");
        scenario.project().tracks().letGo();
        scenario.ended(newer, "SUCCESS");
        assertThat(scenario.wholeStory())
                .containsSubsequence(
                        "deployment.started",
                        "deployment.interrupted",
                        "rollback.proposed",
                        "deployment.started",
                        "deployment.succeeded")
                .doesNotContain("rollback.requested", "rollback.started");
        assertThat(scenario.project().tracks().baseline()).isEqualTo("3.0");
    }

    private static void assertInterrupted(Scenario scenario) {
        assertThat(scenario.story())
                .containsExactly("deployment.started", "deployment.interrupted", "rollback.proposed");
    }
}
