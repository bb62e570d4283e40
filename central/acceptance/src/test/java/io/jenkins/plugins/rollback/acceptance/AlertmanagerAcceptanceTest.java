package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Senders in their own words: a real Alertmanager set up with what the page offers, and vendors by their signatures. */
public class AlertmanagerAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String SECRET = "a-secret-of-the-monitoring";
    private static final String LIST = "manage/release-rollback-endpoints/";

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void prometheusSeesErrorsAndTheServiceGoesBackOnce() throws Exception {
        DemoProject project = new DemoProject(JENKINS, "alerting")
                .set("alerting")
                .setWayBack("")
                .deployed("1.0", "2.0");
        project.settings().webhook("alertmanager", SECRET, "ALERTMANAGER", "BEARER", RollbackSettings.START);
        LedgerView ledger = new LedgerView(JENKINS.server());
        Path token = Files.writeString(temporary.getRoot().toPath().resolve("token"), SECRET);
        URI metrics = URI.create(JENKINS.world().url("alerting") + "/metrics");

        try (JenkinsBrowser browser = new JenkinsBrowser(JENKINS.server())) {
            Page page = browser.as("admin");
            page.navigate(LIST + "endpoint/alertmanager/");
            String receiver = page.locator("#setup pre").first().textContent();
            assertThat(receiver).contains(JENKINS.server().url() + "release-rollback/webhook/alertmanager");
            receiver = receiver.replace("/etc/alertmanager/rollback-token", token.toString());
            Job back = JENKINS.as("admin").job("alerting/back");

            try (Monitoring monitoring = new Monitoring(temporary.getRoot().toPath(), receiver, metrics, "alerting")) {
                assertThat(ledger.lastStory("alerting")).doesNotContain("trigger.received");
                // long after its gate the release goes wrong
                project.tracks().deploy("everyone", "2.0", 0.5);
                Build build = back.build(1);
                assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo("SUCCESS");
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> project.tracks().baseline().equals("1.0"));
                // the errors end, so Alertmanager says that it is over: recorded, and nothing follows
                Awaitility.await("resolved")
                        .atMost(LIMIT)
                        .until(() -> Collections.frequency(ledger.lastStory("alerting"), "trigger.received") == 2);
            }
            assertThat(ledger.lastStory("alerting"))
                    .endsWith(
                            "trigger.received",
                            "rollback.requested",
                            "rollback.started",
                            "rollback.done",
                            "trigger.received");
            assertThat(JENKINS.as("admin").get(back.path() + "2/api/json").status())
                    .as("no second build")
                    .isEqualTo(404);

            page.navigate(LIST + "endpoint/alertmanager/");
            assertThat(page.innerText("#deliveries"))
                    .contains("alerting in production", "firing", "resolved", "1.0 runs again", "accepted");
            assertThat(page.locator("#deliveries").textContent())
                    .contains("User-Agent: Alertmanager/", "Authorization: ****", "HighErrorRate")
                    .doesNotContain(SECRET);
            pictures(page);
        }
    }

    /** A refused one and a test too, so that the pictures show what there is. */
    private static void pictures(Page page) throws Exception {
        assertThat(post("alertmanager", "{}", "Authorization", "Bearer a guess"))
                .isEqualTo(401);
        page.locator("#test button").click();
        assertThat(page.innerText("#tested")).contains("would be answered with 202");
        assertThat(page.innerText("#deliveries")).contains("refused", "the token in the header Authorization is not");
        Screenshots.take(page, LIST + "endpoint/alertmanager/", "webhook-endpoint", 1160);
        if (Screenshots.wanted()) {
            ConfigurationForm form = new ConfigurationForm(page);
            form.open();
            form.show("webhookEndpoints");
            Screenshots.take(page, "webhook-form", 1000);
        }
    }

    @Test
    public void vendorsProveThemselvesByTheirOwnSignatures() throws Exception {
        DemoProject project = new DemoProject(JENKINS, "vendors").set("vendors").deployed("1.0", "2.0");
        String fixed = "w.service = 'vendors'; w.environment = 'production'";
        List<List<String>> vendors = List.of(
                List.of("PAGERDUTY", "X-PagerDuty-Signature", "v1="),
                List.of("GITHUB", "X-Hub-Signature-256", "sha256="),
                List.of("SENTRY", "Sentry-Hook-Signature", ""));
        LedgerView ledger = new LedgerView(JENKINS.server());
        try (JenkinsBrowser browser = new JenkinsBrowser(JENKINS.server())) {
            Page page = browser.as("admin");
            for (List<String> vendor : vendors) {
                String id = vendor.get(0).toLowerCase(Locale.ROOT);
                project.settings().webhook(id, SECRET, vendor.get(0), "VENDOR", fixed);
                page.navigate(LIST + "endpoint/" + id + "/");
                String body = page.inputValue("#test-body");

                assertThat(post(id, body, vendor.get(1), vendor.get(2) + hmac("a guess", body)))
                        .as(id + " by another secret")
                        .isEqualTo(401);
                assertThat(post(id, body + " ", vendor.get(1), vendor.get(2) + hmac(SECRET, body)))
                        .as(id + " changed on its way")
                        .isEqualTo(401);
                assertThat(post(id, body, vendor.get(1), vendor.get(2) + hmac(SECRET, body)))
                        .as(id)
                        .isEqualTo(202);
                Awaitility.await(id).atMost(LIMIT).until(() -> ledger.lastStory("vendors")
                        .get(ledger.lastStory("vendors").size() - 1)
                        .equals("rollback.proposed"));
                page.navigate(LIST + "endpoint/" + id + "/");
                assertThat(page.innerText("#deliveries"))
                        .contains("Going back from 2.0 to 1.0 was proposed", "refused", "2 times");
                dismiss();
            }
            page.navigate(LIST);
            assertThat(page.innerText("#endpoints")).contains("PagerDuty v3", "GitHub deployment status", "Sentry");
        }
        assertThat(project.tracks().baseline()).isEqualTo("2.0");
    }

    /** Only one rollback of a service is open at a time. */
    private static void dismiss() {
        assertThat(JENKINS.as("admin")
                        .script("import io.jenkins.plugins.rollback.engine.model.*\n"
                                + "def e = io.jenkins.plugins.rollback.config.RollbackEngine.get()\n"
                                + "e.catalog().rollbacks(new Target('vendors', 'production')).findAll { it.open }"
                                + ".each { e.rollbacks().cancelled(it.id(), 'dismissed', Actor.user('admin'), 'seen') }\n"
                                + "print 'dismissed'"))
                .isEqualTo("dismissed");
    }

    private static int post(String endpoint, String body, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(JENKINS.server().url() + "release-rollback/webhook/" + endpoint))
                .header("Content-Type", "application/json")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String hmac(String secret, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
