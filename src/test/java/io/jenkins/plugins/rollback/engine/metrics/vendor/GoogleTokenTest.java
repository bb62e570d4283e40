package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.metrics.HttpLimits;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.MetricCredentials;
import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import io.jenkins.plugins.rollback.engine.metrics.ServerAccess;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** developers.google.com/identity/protocols/oauth2/service-account#httprest. */
public class GoogleTokenTest {

    private static final Request REQUEST =
            new Request.Builder().url("https://monitoring.example.org/").build();

    private final MockWebServer server = new MockWebServer();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private GoogleToken token;

    @Before
    public void start() throws Exception {
        server.start();
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        token = new GoogleToken("google", ServerAccess.of(MetricCredentials.NONE, HttpLimits.DEFAULT), clock);
    }

    @After
    public void stop() throws Exception {
        server.shutdown();
    }

    @Test
    public void aSignedStatementIsExchangedForAToken() throws Exception {
        answer("t1");
        assertThat(sign()).isEqualTo("Bearer t1");

        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        HttpUrl form = HttpUrl.get("http://form/?" + request.getBody().readUtf8());
        assertThat(form.queryParameter("grant_type")).isEqualTo("urn:ietf:params:oauth:grant-type:jwt-bearer");
        String[] parts = form.queryParameter("assertion").split("\\.");
        assertThat(text(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
        assertThat(JsonServer.JSON.readTree(text(parts[1])))
                .isEqualTo(JsonServer.JSON
                        .createObjectNode()
                        .put("iss", "jenkins@shop.iam.gserviceaccount.com")
                        .put("scope", "https://www.googleapis.com/auth/monitoring.read")
                        .put("aud", server.url("/token").toString())
                        .put("iat", (int) now.getEpochSecond())
                        .put("exp", (int) now.getEpochSecond() + 3600));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(GoogleDialect.KEYS.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    public void aTokenIsUsedUntilShortlyBeforeItsEnd() throws Exception {
        answer("t1");
        answer("t2");
        sign();
        now = now.plusSeconds(3599 - 121);
        assertThat(sign()).isEqualTo("Bearer t1");
        now = now.plusSeconds(2);
        assertThat(sign()).isEqualTo("Bearer t2");
    }

    @Test
    public void aRefusalIsQuoted() {
        server.enqueue(new MockResponse()
                .setResponseCode(400)
                .setBody("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}"));
        assertThatThrownBy(this::sign).hasMessageContaining("'google'").hasMessageContaining("Invalid JWT Signature.");
    }

    @Test
    public void anotherSecretIsNoKeyFileAndNotShown() {
        for (String secret : new String[] {
            "hunter2", "{}", "{\"token_uri\":\"https://x\",\"client_email\":\"a\",\"private_key\":\"hunter2\"}"
        }) {
            assertThatThrownBy(() -> token.sign(REQUEST, new MetricSecret(null, secret)))
                    .hasMessageContaining("not the JSON key file of a Google service account")
                    .hasMessageNotContaining("hunter2")
                    .hasNoCause();
        }
    }

    private void answer(String value) {
        server.enqueue(new MockResponse()
                .setBody("{\"access_token\":\"" + value + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"));
    }

    private String sign() throws Exception {
        return token.sign(
                        REQUEST,
                        new MetricSecret(
                                null, GoogleDialect.keyFile(server.url("/token").toString())))
                .header("Authorization");
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
