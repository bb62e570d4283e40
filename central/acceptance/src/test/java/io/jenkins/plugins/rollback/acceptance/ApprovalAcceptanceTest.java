package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runners.MethodSorters;

/** A rollback that people decide about, in a browser. Each goes on where the one before left the service. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class ApprovalAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String APPROVE = "button[value=approve]";
    private static final String REJECT = "button[value=reject]";

    private static DemoProject project;
    private static LedgerView ledger;
    private static JenkinsBrowser browser;

    @BeforeClass
    public static void deploy() throws IOException {
        ledger = new LedgerView(JENKINS.server());
        project = new DemoProject(JENKINS, "basket")
                .set("basket")
                .setWayBack(", approval: 'people'")
                .deployed("1.0", "2.0");
        project.settings().policy("people", "alice, bob");
        browser = new JenkinsBrowser(JENKINS.server());
    }

    @AfterClass
    public static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    public void a_rejectedRollbackDoesNotHappen() {
        Build build = waiting();
        String form = build.path() + "rollback-approvals/";

        Page reader = browser.as("eve");
        reader.navigate(form);
        assertThat(reader.innerText("#main-panel")).contains("basket").contains("lack the permission");
        assertThat(reader.locator(APPROVE).count() + reader.locator(REJECT).count())
                .isZero();

        Page requester = browser.as("alice");
        requester.navigate(form);
        assertThat(requester.locator(APPROVE).count())
                .as("who asked may not approve")
                .isZero();

        String id = approval(build).get("id").asText();
        assertThat(decide("bob", build, id, "reject", " "))
                .as("without a reason")
                .isEqualTo(400);
        assertThat(decide("alice", build, id, "approve", "I want it")).isEqualTo(409);
        assertThat(decide("eve", build, id, "approve", "me too")).isEqualTo(403);
        assertThat(approval(build).get("state").asText()).isEqualTo("WAITING");

        Page approver = browser.as("bob");
        approver.navigate(build.path());
        Screenshots.take(approver, "build-waiting", 700);
        approver.click("text=Decide");
        Screenshots.take(approver, "approval", 900);
        approver.click(REJECT);
        assertThat(approval(build).get("state").asText())
                .as("the form does not go without a reason")
                .isEqualTo("WAITING");
        approver.fill("textarea[name=reason]", "Not during the sale");
        approver.click(REJECT);
        approver.waitForSelector("text=bob rejected");

        assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo("ABORTED");
        assertThat(project.tracks().baseline()).isEqualTo("2.0");
        assertThat(ledger.lastStory("basket"))
                .endsWith("rollback.requested", "approval.asked", "approval.refused", "rollback.cancelled");
        approver.navigate(form);
        assertThat(approver.innerText("#main-panel")).contains("Not during the sale");
        assertThat(approver.locator(APPROVE).count()).isZero();
    }

    @Test
    public void b_somebodyOfEachGroupIsWantedAndAVoteCanBeTakenBack() {
        project.settings().policy("people", "", "bob: 1, security: 1", "(INC|CHG)-[0-9]+");
        Build build = waiting();
        String id = approval(build).get("id").asText();
        assertThat(decide("bob", build, id, "approve", "it is broken")).isEqualTo(409);

        Page approver = browser.as("bob");
        approver.navigate("/rollback-approvals/");
        assertThat(approver.innerText("#main-panel"))
                .contains("For you to decide", "basket in production")
                .doesNotContain("For somebody else");
        Screenshots.take(approver, "waiting-approvals", 420);
        Page requester = browser.as("alice");
        requester.navigate("/rollback-approvals/");
        assertThat(requester.innerText("#main-panel"))
                .as("alice asked for it")
                .contains("For somebody else", "basket in production")
                .doesNotContain("For you to decide");

        approver.click("table >> text=Decide");
        assertThat(approver.innerText("#main-panel"))
                .contains("0 of 2 approved", "bob: 1, security: 1", "(INC|CHG)-[0-9]+");
        Screenshots.take(approver, "approval-groups", 700);
        approver.fill("textarea[name=reason]", "INC-77: the basket is empty");
        approver.click(APPROVE);
        approver.waitForSelector("text=bob approved");
        assertThat(approver.innerText("#main-panel")).contains("1 of 2 approved", "groups: security: 1");
        approver.fill("textarea[name=reason]", "INC-77 is about another service");
        approver.click("button[value=takeBack]");
        approver.waitForSelector("text=0 of 2 approved");
        assertThat(approval(build).get("state").asText()).isEqualTo("WAITING");

        assertThat(decide("bob", build, id, "reject", "not needed")).isLessThan(400);
        assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo("ABORTED");
        assertThat(ledger.lastStory("basket"))
                .endsWith(
                        "approval.asked",
                        "approval.given",
                        "approval.withdrawn",
                        "approval.refused",
                        "rollback.cancelled");
    }

    @Test
    public void c_anApprovedRollbackHappensOnce() {
        project.settings().policy("people", "alice, bob");
        Build build = waiting();
        String id = approval(build).get("id").asText();

        Page approver = browser.as("bob");
        approver.navigate(build.path() + "rollback-approvals/");
        approver.fill("textarea[name=reason]", "INC-1234: go");
        approver.click(APPROVE);
        approver.waitForSelector("text=bob approved");
        assertThat(decide("bob", build, id, "reject", "changed my mind")).isEqualTo(409);

        assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo("SUCCESS");
        assertThat(project.tracks().baseline()).isEqualTo("1.0");
        assertThat(ledger.lastStory("basket"))
                .endsWith(
                        "rollback.requested", "approval.asked", "approval.given", "rollback.started", "rollback.done");
        approver.navigate(build.path());
        assertThat(approver.innerText("#main-panel")).contains("Approved").contains("INC-1234: go");
        assertThat(decide("bob", build, id, "approve", "again")).isEqualTo(409);
    }

    private static Build waiting() {
        Build build = project.goBack("alice");
        Awaitility.await("an approval")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> approval(build).get("state").asText().equals("WAITING"));
        return build;
    }

    private static JsonNode approval(Build build) {
        return JENKINS.as("eve")
                .get(build.path() + "rollback-approvals/api/json")
                .json()
                .path("approvals")
                .path(0);
    }

    private static int decide(String user, Build build, String id, String decision, String reason) {
        return JENKINS.as(user)
                .post(
                        build.path() + "rollback-approvals/decide",
                        Map.of("id", id, "decision", decision, "reason", reason))
                .status();
    }
}
