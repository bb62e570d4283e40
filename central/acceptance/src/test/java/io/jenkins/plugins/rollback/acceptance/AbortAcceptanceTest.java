package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.ClassRule;
import org.junit.Test;

/** A person or a newer build aborts a build: nothing goes back by itself, the way back is proposed. */
public class AbortAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @Test
    public void inTheSecondPass() throws IOException {
        Scenario scenario = Scenario.of(JENKINS, "abort-second", Jenkinsfiles.BROKEN + Jenkinsfiles.EVERYONE);
        Build build = scenario.held("2.0");
        scenario.awaitEntry("rollback.started");
        build.abort();
        scenario.ended(build, "ABORTED");
        assertThat(scenario.story())
                .containsExactly(
                        "deployment.started",
                        "deployment.failed",
                        "rollback.requested",
                        "rollback.started",
                        "rollback.failed",
                        "escalation",
                        "rollback.proposed");
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
}
