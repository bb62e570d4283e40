package io.jenkins.plugins.rollback.engine.trigger.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.trigger.format.Bodies;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Each vendor's own signature, and tokens; right, wrong, rotated, missing and malformed. */
public class VendorSignaturesTest {

    private static final long NOW = 1_795_000_000L;
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    private static final byte[] SECRET = "correct horse battery staple".getBytes(UTF_8);
    private static final byte[] NEXT = "the next secret".getBytes(UTF_8);
    private static final byte[] BODY = "{\"service\":\"shop\"}".getBytes(UTF_8);
    private static final String ZEROS = "0".repeat(64);

    private static DeliveryVerifier vendor(AlertFormat format) {
        return Authentication.VENDOR.verifier(format, null, null, CLOCK);
    }

    private static String hmac(byte[] secret, String prefix, byte[] body) {
        return HexFormat.of().formatHex(Hmac.of(secret, prefix, body));
    }

    private static void assertAccepted(DeliveryVerifier verifier, Map<String, String> headers, byte[] body)
            throws WebhookRefusedException {
        assertThat(verifier.verify(headers::get, body, List.of(NEXT, SECRET)).id())
                .matches("[0-9a-f]{32}");
    }

    private static void assertRefused(Why why, DeliveryVerifier verifier, Map<String, String> headers, byte[] body) {
        for (List<byte[]> secrets : List.of(List.of(SECRET), List.of(SECRET, NEXT))) {
            Throwable thrown = catchThrowable(() -> verifier.verify(headers::get, body, secrets));
            assertThat(thrown).as("%s", headers).isInstanceOf(WebhookRefusedException.class);
            assertThat(((WebhookRefusedException) thrown).why())
                    .as("%s", headers)
                    .isEqualTo(why);
            assertThat(thrown.getMessage()).doesNotContain("horse").hasSizeLessThan(300);
        }
        assertThatThrownBy(() -> verifier.verify(headers::get, body, List.of()))
                .isInstanceOf(WebhookRefusedException.class);
    }

    @Test
    public void agreesWithWhatGitHubDocuments() throws Exception {
        // docs.github.com, "Validating webhook deliveries", testing the webhook payload validation
        DeliveryVerifier gitHub = vendor(AlertFormat.GITHUB);
        String documented = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        byte[] secret = "It's a Secret to Everybody".getBytes(UTF_8);

        assertThat(gitHub.verify(
                                Map.of("X-Hub-Signature-256", documented)::get,
                                "Hello, World!".getBytes(UTF_8),
                                List.of(secret))
                        .timestamp())
                .isEqualTo(NOW);
        assertRefused(Why.WRONG, gitHub, Map.of("X-Hub-Signature-256", documented), BODY);
        assertRefused(Why.MISSING, gitHub, Map.of("X-Hub-Signature", "sha1=" + "0".repeat(40)), BODY);
        assertRefused(Why.MALFORMED, gitHub, Map.of("X-Hub-Signature-256", ZEROS), BODY);
    }

    @Test
    public void agreesWithOpenssl() throws Exception {
        // printf '%s' '{"service":"shop"}' | openssl dgst -sha256 -hmac 'correct horse battery staple' -hex
        String alone = "178289f802564698017cd3c2ab533b61b292ec011027cd2e2d6f40ccaf726169";
        // printf '%s' '1795000000:{"service":"shop"}' | openssl dgst -sha256 -hmac 'correct horse battery staple' -hex
        String stamped = "e239ce52419e719939bca438e46168e504e0e8152dd205185843abf3badeefd4";

        assertAccepted(vendor(AlertFormat.SENTRY), Map.of("Sentry-Hook-Signature", alone), BODY);
        assertAccepted(vendor(AlertFormat.PAGERDUTY), Map.of("X-PagerDuty-Signature", "v1=" + alone), BODY);
        assertAccepted(
                vendor(AlertFormat.GRAFANA),
                Map.of("X-Grafana-Alerting-Signature", stamped, "X-Grafana-Alerting-Timestamp", "1795000000"),
                BODY);
    }

    @Test
    public void pagerDutyChangesItsSecret() throws Exception {
        DeliveryVerifier pagerDuty = vendor(AlertFormat.PAGERDUTY);
        byte[] body = Bodies.text("pagerduty").getBytes(UTF_8);
        String right = "v1=" + hmac(SECRET, "", body);
        String header = "X-PagerDuty-Signature";

        assertAccepted(pagerDuty, Map.of(header, "v1=" + ZEROS + "," + right), body);
        assertAccepted(pagerDuty, Map.of(header, "v2=better, " + right), body);
        assertAccepted(pagerDuty, Map.of(header, "v1=" + hmac(NEXT, "", body)), body);
        assertRefused(Why.WRONG, pagerDuty, Map.of(header, "v1=" + ZEROS), body);
        assertRefused(Why.WRONG, pagerDuty, Map.of(header, right), BODY);
        assertRefused(Why.MALFORMED, pagerDuty, Map.of(header, "v2=" + right.substring(3)), body);
        assertRefused(Why.MALFORMED, pagerDuty, Map.of(header, (right + ",").repeat(20)), body);
        assertRefused(Why.MISSING, pagerDuty, Map.of(), body);
        assertRefused(Why.WRONG, pagerDuty, Map.of(header, ("v1=" + ZEROS + ",").repeat(8) + right), body);
    }

    @Test
    public void grafanaSignsTheTimeToo() throws Exception {
        DeliveryVerifier grafana = vendor(AlertFormat.GRAFANA);
        byte[] body = Bodies.text("grafana").getBytes(UTF_8);
        String signature = GrafanaVerifier.SIGNATURE;
        String time = GrafanaVerifier.TIMESTAMP;
        Map<String, String> right = Map.of(signature, hmac(SECRET, NOW + ":", body), time, "" + NOW);

        assertAccepted(grafana, right, body);
        assertRefused(Why.REPLAYED, grafana, right, body);
        long old = NOW - 301;
        assertRefused(Why.STALE, grafana, Map.of(signature, hmac(SECRET, old + ":", body), time, "" + old), body);
        assertRefused(Why.WRONG, grafana, Map.of(signature, right.get(signature), time, "" + (NOW + 1)), body);
        assertRefused(Why.MISSING, grafana, Map.of(signature, hmac(SECRET, "", body)), body);
        assertRefused(Why.MISSING, grafana, Map.of(time, "" + NOW), body);
        assertRefused(Why.MALFORMED, grafana, Map.of(signature, "x", time, "" + NOW), body);
        assertRefused(Why.MALFORMED, grafana, Map.of(signature, ZEROS, time, "now"), body);
    }

    @Test
    public void tokens() throws Exception {
        DeliveryVerifier bearer = Authentication.BEARER.verifier(AlertFormat.DATADOG, null, null, CLOCK);
        assertAccepted(bearer, Map.of("Authorization", "Bearer correct horse battery staple"), BODY);
        assertAccepted(bearer, Map.of("Authorization", "bearer the next secret"), BODY);
        assertRefused(Why.WRONG, bearer, Map.of("Authorization", "Bearer guess"), BODY);
        assertRefused(Why.WRONG, bearer, Map.of("Authorization", "Bearer "), BODY);
        assertRefused(Why.MALFORMED, bearer, Map.of("Authorization", "Basic Zm9vOmJhcg=="), BODY);
        assertRefused(Why.MALFORMED, bearer, Map.of("Authorization", "Bearer " + "a".repeat(2000)), BODY);
        assertRefused(Why.MISSING, bearer, Map.of("X-Token", "correct horse battery staple"), BODY);

        DeliveryVerifier own = Authentication.HEADER.verifier(AlertFormat.DATADOG, "X-Token", null, CLOCK);
        assertAccepted(own, Map.of("X-Token", "correct horse battery staple"), BODY);
        assertRefused(Why.WRONG, own, Map.of("X-Token", "Bearer correct horse battery staple"), BODY);
        assertRefused(Why.MISSING, own, Map.of("Authorization", "Bearer x"), BODY);
    }

    @Test
    public void anEmptySecretOpensNothing() {
        Map<String, String> headers = Map.of("Authorization", "Bearer ", "X-Token", " ");
        for (DeliveryVerifier verifier : List.of(
                Authentication.BEARER.verifier(AlertFormat.PLAIN, null, null, CLOCK),
                Authentication.HEADER.verifier(AlertFormat.PLAIN, "X-Token", null, CLOCK),
                vendor(AlertFormat.GITHUB))) {
            assertThatThrownBy(() -> verifier.verify(headers::get, BODY, List.of(new byte[0])))
                    .isInstanceOf(WebhookRefusedException.class);
        }
    }

    @Test
    public void partsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> vendor(AlertFormat.DATADOG)).hasMessage("Datadog has no signature of its own");
        for (String header : List.of("Cookie", "Authorization", "X-", "X-a b", "")) {
            assertThatThrownBy(() -> Authentication.HEADER.verifier(AlertFormat.PLAIN, header, null, CLOCK))
                    .as(header)
                    .hasMessageStartingWith("name the header of the token");
        }
    }
}
