package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.ClassRule;
import org.junit.Test;

/** The README's Jenkinsfile and analysis, word for word but for the minutes: a good version, then a bad one. */
public class ReadmeAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Test
    public void aGoodVersionStaysAndABadOneGoesBack() throws IOException {
        Markdown readme = Markdown.of("README.md");
        DemoProject project = new DemoProject(JENKINS, "checkout")
                .with("Jenkinsfile", readme.after("<!-- first-jenkinsfile -->"))
                .with(
                        "rollback/canary.yaml",
                        readme.shown("rollback/canary.yaml").replace("1m", "1s"))
                .set("prom");
        LedgerView ledger = new LedgerView(JENKINS.server());

        Build good = project.deploy("alice", "1.4.1", 0.01);
        assertThat(good.waitForResult(LIMIT)).as(good.log()).isEqualTo("SUCCESS");
        assertThat(project.tracks().deploys()).containsExactly("canary 1.4.1", "everyone 1.4.1");
        assertThat(gates(good)).containsExactly("PASS");
        assertThat(ledger.lastStory("checkout"))
                .containsExactly("deployment.started", "gate.started", "gate.verdict", "deployment.succeeded");

        Build bad = project.deploy("alice", "1.4.2", 0.08);
        assertThat(bad.waitForResult(LIMIT)).as(bad.log()).isEqualTo("UNSTABLE");
        assertThat(project.tracks().deploys())
                .containsExactly("canary 1.4.1", "everyone 1.4.1", "canary 1.4.2", "canary 1.4.1", "everyone 1.4.1");
        assertThat(project.tracks().baseline()).isEqualTo("1.4.1");
        assertThat(project.tracks().canary()).isEqualTo("1.4.1");
        assertThat(gates(bad)).containsExactly("FAIL", "PASS");
        assertThat(ledger.lastStory("checkout"))
                .containsExactly(
                        "deployment.started",
                        "gate.started",
                        "gate.verdict",
                        "deployment.failed",
                        "rollback.requested",
                        "rollback.started",
                        "gate.started",
                        "gate.verdict",
                        "rollback.verified",
                        "rollback.done");
        assertThat(bad.log()).contains("Going back from 1.4.2 to 1.4.1").contains("1.4.1 is back");
        assertThat(ledger.verify()).startsWith("0 ");
        showsWhatHappened(project, bad);
    }

    /** What the build page and the job page say to somebody who may only read. */
    private static void showsWhatHappened(DemoProject project, Build bad) {
        try (JenkinsBrowser browser = new JenkinsBrowser(JENKINS.server())) {
            Page page = browser.as("eve");
            page.navigate(bad.path());
            String build = page.innerText("#main-panel");
            assertThat(build)
                    .contains("1.4.2")
                    .contains("FAIL")
                    .contains("errors")
                    .contains("PASS");
            assertThat(build).contains("rollback from 1.4.2 to 1.4.1");
            assertThat(page.locator(".rollback-timeline__line").count()).isGreaterThan(5);
            Screenshots.take(page, "build-rolled-back", 1850);

            page.locator("a[href='rollback-record/']").click();
            assertThat(page.innerText("#main-panel")).contains("holds").contains("proven to be in the ledger");

            page.navigate("job/checkout/job/deploy/release-rollback/");
            String releases = page.innerText("#main-panel");
            assertThat(releases).contains("1.4.1").contains("1.4.2").contains("production");
            assertThat(page.locator("a[href*=goBack]").count())
                    .as("eve may not go back")
                    .isZero();
            Screenshots.take(browser.as("alice"), page.url(), "job", 860);
            showsTheReleases(browser);
            isInTheAudit(browser.as("alice"));
        }
    }

    /** What is retained, and a pin that says why. */
    private static void showsTheReleases(JenkinsBrowser browser) {
        Page page = browser.as("alice");
        page.navigate("rollback-releases/");
        page.locator("tr:has-text('1.4.2') a[href^='pin/']").click();
        page.fill("textarea[name=reason]", "the auditors want to see it");
        page.locator("#main-panel button[type=submit]").click();
        assertThat(page.innerText("#releases"))
                .contains("1.4.1")
                .contains("the auditors want to see it")
                .contains("last-good in production");
        assertThat(page.innerText("#releases tr:has-text('1.4.1')")).contains("yes");
        Screenshots.take(page, "releases", 560);
    }

    /** Search, an entry with its proof, and the check of the whole. */
    private static void isInTheAudit(Page page) {
        page.navigate("rollback-audit/?service=checkout&kind=rollback");
        assertThat(page.innerText("#audit-entries"))
                .contains("1.4.1 runs again")
                .contains("rollback.done");
        assertThat(page.innerText("#audit-entries")).doesNotContain("deployment.started");
        page.locator("#audit-verification button").click();
        page.waitForCondition(() -> {
            page.navigate("rollback-audit/?service=checkout");
            return page.innerText("#audit-verification").contains("every one as it was signed");
        });
        Screenshots.take(page, "audit", 1000);
        page.locator("#audit-entries tr:has-text('rollback.done') a").first().click();
        assertThat(page.innerText("#main-panel")).contains("proven").contains("rollback.done");
        Screenshots.take(page, "audit-entry", 900);
    }

    private static List<String> gates(Build build) {
        List<String> verdicts = new ArrayList<>();
        for (JsonNode action : build.json().get("actions")) {
            if (action.path("_class").asText().endsWith("GateAction")) {
                verdicts.add(action.get("verdict").asText());
            }
        }
        return verdicts;
    }
}
