package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** The controller is killed once, while one deployment is in its first pass, one between its passes, one in its second. */
public class CrashAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static Scenario first;
    private static Scenario between;
    private static Scenario second;
    private static Build inFirst;
    private static Build inBetween;
    private static Build inSecond;

    @BeforeClass
    public static void kill() throws IOException {
        String brokenLater = Jenkinsfiles.CANARY + Jenkinsfiles.BROKEN + Jenkinsfiles.EVERYONE;
        String brokenAtOnce = Jenkinsfiles.BROKEN + Jenkinsfiles.EVERYONE;
        first = Scenario.of(JENKINS, "crash-first", brokenLater);
        second = Scenario.of(JENKINS, "crash-second", brokenAtOnce);
        new RollbackSettings(JENKINS.as("admin")).policy("crash-people", "bob");
        between = Scenario.written(
                JENKINS,
                "crash-between",
                Jenkinsfiles.retain("crash-between")
                        + Jenkinsfiles.deploy("crash-between", ", approval: 'crash-people'", brokenAtOnce));
        inBetween = between.project().deploy("alice", "2.0", 0.01);
        between.awaitEntry("approval.asked");
        inFirst = first.held("2.0");
        inSecond = second.held("2.0");
        second.awaitEntry("rollback.started");

        JENKINS.server().kill();
        JENKINS.server().start();
    }

    @Test
    public void inTheFirstPass() {
        first.project().tracks().letGo();
        first.ended(inFirst, "UNSTABLE");
        assertThat(first.deploys()).containsExactly("canary 2.0", "canary 1.0", "everyone 1.0");
        assertThat(first.story()).containsExactly(Scenario.WENT_BACK);
    }

    @Test
    public void betweenThePasses() {
        assertThat(between.deploys()).isEmpty();
        String approvals = inBetween.path() + "rollback-approvals/";
        Awaitility.await("the approval is still asked for")
                .atMost(Scenario.LIMIT)
                .until(() ->
                        JENKINS.as("bob").get(approvals + "api/json").body().contains("\"WAITING\""));
        String id = JENKINS.as("bob")
                .get(approvals + "api/json")
                .json()
                .at("/approvals/0/id")
                .asText();
        JENKINS.as("bob")
                .post(approvals + "decide", Map.of("id", id, "decision", "approve", "reason", "INC-8"))
                .ok();
        between.ended(inBetween, "UNSTABLE");
        assertThat(between.deploys()).containsExactly("everyone 1.0");
        assertThat(between.story())
                .containsExactly(
                        "deployment.started",
                        "deployment.failed",
                        "rollback.requested",
                        "approval.asked",
                        "approval.given",
                        "rollback.started",
                        "rollback.done");
    }

    @Test
    public void inTheSecondPass() {
        second.project().tracks().letGo();
        second.ended(inSecond, "UNSTABLE");
        assertThat(second.deploys()).containsExactly("everyone 1.0");
        assertThat(second.story()).containsExactly(Scenario.WENT_BACK);
    }
}
