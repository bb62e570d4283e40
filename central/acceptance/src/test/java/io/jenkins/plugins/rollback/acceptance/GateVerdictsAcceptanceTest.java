package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runners.MethodSorters;

/** What each judge can say, what happens then, and how the build page shows it. Version 1.0 is deployed all the time. */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
public class GateVerdictsAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final double HEALTHY = 0.01;
    private static final double SICK = 0.05;

    private static final String BAD = "sum(increase(http_requests_total{track=\"$track\",code=~\"5..\"}[1s]))";
    private static final String ALL = "sum(increase(http_requests_total{track=\"$track\"}[1s]))";

    private static Scenario scenario;
    private static JenkinsBrowser browser;
    private static int version = 1; // the newest that was built
    private static String promoted = "1.0";

    @BeforeClass
    public static void deploy() throws IOException {
        scenario = Scenario.written(
                JENKINS,
                "judged",
                Jenkinsfiles.retain("judged")
                        + Jenkinsfiles.deploy(
                                "judged", "", Jenkinsfiles.CANARY + Jenkinsfiles.GATE + Jenkinsfiles.EVERYONE));
        browser = new JenkinsBrowser(JENKINS.server());
    }

    @AfterClass
    public static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    /** An analysis of the share of errors and of one level, the number of errors a second. */
    private static String analysis(String settings, String errors, String level) {
        List<String> lines = new ArrayList<>(List.of("analysis:", "  interval: 1s"));
        settings.lines().forEach(line -> lines.add("  " + line));
        lines.add("  metrics:");
        if (errors != null) {
            lines.addAll(List.of(
                    "    - name: errors",
                    "      kind: ratio",
                    "      bad:   {source: judged, query: '" + BAD + "'}",
                    "      total: {source: judged, query: '" + ALL + "'}"));
            errors.lines().forEach(line -> lines.add("      " + line));
        }
        if (level != null) {
            lines.addAll(List.of(
                    "    - name: errors-a-second",
                    "      kind: gauge",
                    "      value: {source: judged, query: '" + BAD + "'}"));
            level.lines().forEach(line -> lines.add("      " + line));
        }
        return String.join("\n", lines) + "\n";
    }

    /** Deploys the next version under an analysis and shows what its page says of the gate. */
    private static String gate(String analysis, double errors, String result, String picture) throws IOException {
        version++;
        scenario.project().with("rollback/canary.yaml", analysis);
        Build build = scenario.deployed(version + ".0", errors, result);
        assertThat(scenario.project().tracks().baseline())
                .as("who was promoted")
                .isEqualTo(result.equals("SUCCESS") ? version + ".0" : promoted);
        if (result.equals("SUCCESS")) {
            promoted = version + ".0";
        }
        replay(build);
        Page page = browser.as("eve");
        page.navigate(build.path());
        assertThat(page.locator("svg.rollback-chart").first().getAttribute("role"))
                .isEqualTo("img");
        assertThat(page.locator("svg.rollback-chart title").first().textContent())
                .contains("baseline and canary");
        Screenshots.take(
                page, page.locator(".rollback-line >> text=Canary gate of").first(), "gate-" + picture, 640);
        return page.innerText("#main-panel");
    }

    private static JsonNode gateOf(Build build) {
        String tree = "api/json?tree=actions[gate,verdict,look,looks]";
        for (JsonNode action : JENKINS.as("eve").get(build.path() + tree).json().path("actions")) {
            if (action.hasNonNull("gate")) {
                return action;
            }
        }
        throw new AssertionError("no gate on " + build.path());
    }

    /** The files that the gate's page offers, through the command line: the same verdict at the same look. */
    private static void replay(Build build) throws IOException {
        JsonNode gate = gateOf(build);
        String page = build.path() + "rollback-gate-" + gate.get("gate").asText() + "/";
        Path samples = FOLDER.newFile().toPath();
        Path analysis = FOLDER.newFile().toPath();
        Files.writeString(samples, JENKINS.as("eve").get(page + "samples").ok().body());
        Files.writeString(
                analysis, JENKINS.as("eve").get(page + "analysis").ok().body());
        assertThat(RollbackJar.run("judge", "--json", "--analysis", analysis.toString(), "--data", samples.toString()))
                .contains("\"verdict\":\"" + gate.get("verdict").asText() + "\"")
                .contains("\"look\":" + gate.get("look").asInt() + ",");
    }

    @Test
    public void h_peopleTakeARunningGateInHand() throws IOException {
        version++;
        scenario.project().with("rollback/canary.yaml", analysis("looks: 400", "tolerance: 0.0005", null));
        Build build =
                scenario.project().deploy("alice", version + ".0", HEALTHY).waitForLog("Look 8 of 400", Scenario.LIMIT);
        String path =
                build.path() + "rollback-gate-" + gateOf(build).get("gate").asText() + "/";
        Map<String, String> reason = Map.of("reason", "INC-9 little traffic");
        assertThat(JENKINS.as("eve").post(path + "stop", reason).status()).isEqualTo(403);
        assertThat(JENKINS.as("alice")
                        .post(path + "override", Map.of("verdict", "PASS", "reason", "x"))
                        .status())
                .as("who deploys does not judge")
                .isEqualTo(403);
        Page page = browser.as("admin");
        page.navigate(path);
        page.locator("form[action=extend] input[name=reason]").fill("INC-9 little traffic");
        page.locator("form[action=extend] button").click();
        page.waitForURL(address -> !address.endsWith("extend"));
        assertThat(page.innerText("#main-panel")).contains("look ", "of 410", "INC-9 little traffic");
        Screenshots.take(page, "gate-hands", 1100);
        JENKINS.as("alice").post(path + "stop", reason).ok();
        scenario.ended(build, "FAILURE");
        assertThat(build.log()).contains("given 10 more looks by admin", "ended early by alice: INC-9 little traffic");
        assertThat(JENKINS.as("alice").post(path + "stop", reason).status()).isEqualTo(409);
        assertThat(gateOf(build).get("verdict").asText()).isEqualTo("INCONCLUSIVE");
        replay(build);
    }

    @Test
    public void a_aPassSaysHowMuchWorseItCanBe() throws IOException {
        String page = gate(analysis("looks: 40", "tolerance: 0.5", null), HEALTHY, "SUCCESS", "pass");
        assertThat(page).contains("PASS", "errors");
    }

    @Test
    public void b_aFailureGoesBackAndSaysWhy() throws IOException {
        String page = gate(analysis("looks: 40", "tolerance: 0.5", null), SICK, "UNSTABLE", "fail");
        assertThat(page).contains("FAIL", "errors");
        assertThat(scenario.story())
                .as("the same gate watches the way back")
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
    }

    @Test
    public void c_withoutEvidenceEitherWayNothingGoesOnOrBack() throws IOException {
        String page = gate(analysis("looks: 4", "tolerance: 0.0005", null), HEALTHY, "FAILURE", "inconclusive");
        assertThat(page).contains("INCONCLUSIVE", "errors");
        assertThat(scenario.story()).endsWith("gate.verdict", "deployment.interrupted", "rollback.proposed");
    }

    @Test
    public void d_withoutDataNothingGoesOnOrBack() throws IOException {
        String analysis = analysis("looks: 10\nnoDataLooks: 3", "tolerance: 0.5", null)
                .replace("http_requests_total", "http_requests_lost");
        assertThat(gate(analysis, HEALTHY, "FAILURE", "no-data")).contains("NO_DATA");
        assertThat(scenario.story()).endsWith("gate.verdict", "deployment.interrupted", "rollback.proposed");
    }

    @Test
    public void e_kayentasJudgeShowsItsScore() throws IOException {
        String settings = "judge: kayenta\nlooks: 8\nkayenta: {pass: 95, marginal: 75}";
        String critical = "critical: true\nkayenta: {groups: [errors]}";
        assertThat(gate(analysis(settings, critical, "kayenta: {groups: [load]}"), SICK, "UNSTABLE", "kayenta"))
                .contains("FAIL", "errors-a-second");
        assertThat(gate(analysis(settings, critical, null), HEALTHY, "SUCCESS", "kayenta-pass"))
                .contains("PASS");
    }

    @Test
    public void f_thresholdsShowTheLimit() throws IOException {
        String settings = "judge: threshold\nlooks: 5";
        String limit = "threshold: {success: {max: 1000}, failureLimit: 1}";
        assertThat(gate(analysis(settings, null, limit), SICK, "UNSTABLE", "threshold"))
                .contains("FAIL", "errors-a-second");
        assertThat(gate(analysis(settings, null, limit), HEALTHY, "SUCCESS", "threshold-pass"))
                .contains("PASS");
    }

    @Test
    public void g_objectivesShowTheirScore() throws IOException {
        String settings = "judge: slo\nlooks: 5\nslo: {pass: 90, warning: 40}";
        String objective = "slo: {pass: [\"<=+10%\"], warning: [\"<=+1000%\"]}";
        assertThat(gate(analysis(settings, null, objective), SICK, "FAILURE", "slo"))
                .contains("INCONCLUSIVE", "errors-a-second");
        assertThat(gate(analysis(settings, null, objective), HEALTHY, "SUCCESS", "slo-pass"))
                .contains("PASS");
    }
}
