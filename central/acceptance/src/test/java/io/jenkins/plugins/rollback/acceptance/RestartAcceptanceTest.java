package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;

/** The controller goes away in the middle: in order, and killed without a warning. Nothing is lost, nothing is done twice. */
public class RestartAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    public void inAGateAnApprovalAndTheBodyOfARollback() throws IOException {
        DemoProject project = new DemoProject(JENKINS, "mail")
                .set("mail")
                .setWayBack(", approval: 'mail-people'")
                .deployed("1.0");
        project.settings().policy("mail-people", "bob");
        DemoProject another = new DemoProject(JENKINS, "post").set("post").deployed("1.0");
        another.with(
                "rollback/canary.yaml", DemoProject.analysis("post", "15s")); // longer than a restart takes to begin
        LedgerView ledger = new LedgerView(JENKINS.server());

        Build second = project.deploy("alice", "2.0", 0.01).waitForLog("canaryGate", LIMIT);
        Awaitility.await("the gate looks")
                .atMost(LIMIT)
                .until(() -> ledger.story("mail").lastIndexOf("gate.started")
                        > ledger.story("mail").lastIndexOf("deployment.started"));
        JENKINS.server().kill();
        JENKINS.server().start();
        assertThat(second.waitForResult(LIMIT)).as(second.log()).isEqualTo("SUCCESS");
        assertThat(project.tracks().deploys())
                .containsExactly("canary 1.0", "everyone 1.0", "canary 2.0", "everyone 2.0");
        assertThat(ledger.lastStory("mail"))
                .containsExactly("deployment.started", "gate.started", "gate.verdict", "deployment.succeeded");

        Build back = project.goBack("alice");
        String approvals = back.path() + "rollback-approvals/";
        Awaitility.await("an approval").atMost(LIMIT).until(() -> isWaiting(approvals));
        Build post = another.deploy("alice", "2.0", 0.01);
        List<String> inTheGate = List.of("deployment.started", "gate.started");
        Awaitility.await("the gate looks").atMost(LIMIT).until(() -> ledger.lastStory("post")
                .equals(inTheGate));
        JENKINS.server().safeRestart();
        assertThat(ledger.lastStory("post")).as("the gate was not over").isEqualTo(inTheGate);
        assertThat(isWaiting(approvals)).isTrue();
        assertThat(post.waitForResult(LIMIT)).as(post.log()).isEqualTo("SUCCESS");
        assertThat(another.tracks().deploys()).endsWith("canary 2.0", "everyone 2.0");
        assertThat(ledger.lastStory("post"))
                .containsExactly("deployment.started", "gate.started", "gate.verdict", "deployment.succeeded");

        project.tracks().holdNextDeploy();
        String id = JENKINS.as("bob")
                .get(approvals + "api/json")
                .json()
                .at("/approvals/0/id")
                .asText();
        JENKINS.as("bob")
                .post(approvals + "decide", Map.of("id", id, "decision", "approve", "reason", "INC-7"))
                .ok();

        Awaitility.await("the body goes back").atMost(LIMIT).until(() -> project.tracks()
                .isHeld());
        JENKINS.server().kill();
        JENKINS.server().start();
        project.tracks().letGo();
        assertThat(back.waitForResult(LIMIT)).as(back.log()).isEqualTo("SUCCESS");
        assertThat(project.tracks().deploys())
                .containsExactly("canary 1.0", "everyone 1.0", "canary 2.0", "everyone 2.0", "everyone 1.0");
        assertThat(ledger.lastStory("mail"))
                .endsWith(
                        "rollback.requested", "approval.asked", "approval.given", "rollback.started", "rollback.done");
        assertThat(ledger.verify()).startsWith("0 ");
    }

    private static boolean isWaiting(String approvals) {
        return JENKINS.as("bob").get(approvals + "api/json").body().contains("\"WAITING\"");
    }
}
