package io.jenkins.plugins.rollback.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Test;

/** A monitoring system that takes a service back. */
public class WebhookAcceptanceTest {

    @ClassRule
    public static final SharedJenkins JENKINS = new SharedJenkins();

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String SECRET = "a secret of the monitoring";
    private static final String ALERT =
            "{\"service\": \"search\", \"environment\": \"production\", \"state\": \"firing\","
                    + " \"severity\": \"critical\", \"dedupe\": \"errors-4711\", \"summary\": \"5 % of requests fail\"}";

    @Test
    public void aSignedAlertStartsTheWayBackOnce() throws Exception {
        DemoProject project =
                new DemoProject(JENKINS, "search").set("search").setWayBack("").deployed("1.0", "2.0");
        project.settings().webhook("alerts", SECRET, "monitor");
        LedgerView ledger = new LedgerView(JENKINS.server());
        long now = System.currentTimeMillis() / 1000;

        assertThat(send(null)).as("unsigned").isEqualTo(401);
        assertThat(send(signature("a guess", now))).as("wrong secret").isEqualTo(401);
        assertThat(send(signature(SECRET, now - 3600))).as("an old one").isEqualTo(401);
        assertThat(project.tracks().baseline()).isEqualTo("2.0");

        String signed = signature(SECRET, now);
        assertThat(send(signed)).isEqualTo(202);
        assertThat(send(signed)).as("replayed").isEqualTo(401);
        assertThat(send(signature(SECRET, now + 1)))
                .as("the same incident, told again")
                .isEqualTo(200);

        Job back = JENKINS.as("admin").job("search/back");
        Build build = back.build(1);
        assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo("SUCCESS");
        assertThat(build.log()).contains("Going back with search in production to 1.0");
        Awaitility.await().atMost(LIMIT).until(() -> project.tracks().baseline().equals("1.0"));
        assertThat(ledger.lastStory("search"))
                .endsWith("trigger.received", "rollback.requested", "rollback.started", "rollback.done");
        assertThat(JENKINS.as("admin").get(back.path() + "2/api/json").status())
                .as("no second build")
                .isEqualTo(404);
    }

    /** Paths are looked up by a library of another plugin, which sees less of the world than the tests of ours do. */
    @Test
    public void anAlertOfAnyShapeIsReadByItsMapping() throws Exception {
        DemoProject project =
                new DemoProject(JENKINS, "shapes").set("shapes").setWayBack("").deployed("1.0", "2.0");
        project.settings()
                .webhook(
                        "shaped",
                        SECRET,
                        "MAPPED",
                        "SIGNED",
                        "w.mapping = 'service = $.what.app\\nenvironment = $.tags[1]\\nstate = $.status\\ndedupe = $.what.id'; "
                                + RollbackSettings.START);
        String body =
                "{\"what\": {\"app\": \"shapes\", \"id\": 4711}, \"tags\": [\"eu\", \"production\"], \"status\": \"ALARM\"}";

        assertThat(send("shaped", body, signature(SECRET, System.currentTimeMillis() / 1000, body)))
                .isEqualTo(202);

        Build build = JENKINS.as("admin").job("shapes/back").build(1);
        assertThat(build.waitForResult(LIMIT)).as(build.log()).isEqualTo("SUCCESS");
        Awaitility.await().atMost(LIMIT).until(() -> project.tracks().baseline().equals("1.0"));
    }

    private static int send(String signature) throws IOException, InterruptedException {
        return send("alerts", ALERT, signature);
    }

    private static int send(String endpoint, String body, String signature) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(JENKINS.server().url() + "release-rollback/webhook/" + endpoint))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("X-Rollback-Signature", signature);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String signature(String secret, long time) throws GeneralSecurityException {
        return signature(secret, time, ALERT);
    }

    private static String signature(String secret, long time, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(signed);
    }
}
