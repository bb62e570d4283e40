package io.jenkins.plugins.rollback.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Proxy, patience and what is never shown. */
public class HttpPageTest {

    private final MockWebServer server = new MockWebServer();

    @Before
    public void start() throws Exception {
        server.start();
    }

    @After
    public void stop() throws Exception {
        server.shutdown();
    }

    @Test
    public void goesByTheProxyAndTellsItWhoAsks() throws Exception {
        server.enqueue(new MockResponse().setResponseCode(407).setHeader("Proxy-Authenticate", "Basic realm=\"p\""));
        server.enqueue(new MockResponse().setBody("through"));
        HttpAnswer answer =
                page(new MetricSecret("jenkins", "pr0xy")).get(HttpUrl.get("http://metrics.invalid/x"), "*/*");
        assertThat(answer.body()).isEqualTo("through");
        assertThat(server.takeRequest().getHeader("Proxy-Authorization")).isNull();
        RecordedRequest second = server.takeRequest();
        assertThat(second.getRequestLine()).startsWith("GET http://metrics.invalid/x ");
        assertThat(second.getHeader("Proxy-Authorization")).isEqualTo("Basic amVua2luczpwcjB4eQ==");
        assertThat(second.getHeader("Authorization")).isEqualTo("Bearer t0ken");
    }

    @Test
    public void aProxyThatRefusesIsAskedOnce() throws Exception {
        server.enqueue(new MockResponse().setResponseCode(407).setHeader("Proxy-Authenticate", "Basic realm=\"p\""));
        server.enqueue(new MockResponse().setResponseCode(407).setHeader("Proxy-Authenticate", "Basic realm=\"p\""));
        HttpAnswer answer =
                page(new MetricSecret("jenkins", "wrong")).get(HttpUrl.get("http://metrics.invalid/"), "*/*");
        assertThat(answer.status()).isEqualTo(407);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    public void retryAfterMayBeADateOfTheServersClock() throws Exception {
        server.enqueue(new MockResponse()
                .setResponseCode(503)
                .setHeader("Date", "Sun, 22 Nov 2026 10:00:00 GMT")
                .setHeader("Retry-After", "Sun, 22 Nov 2026 10:00:30 GMT"));
        server.enqueue(new MockResponse().setResponseCode(503).setHeader("Retry-After", "soon"));
        assertThat(direct().get(server.url("/"), "*/*").retryAfter()).hasSeconds(30);
        assertThat(direct().get(server.url("/"), "*/*").retryAfter()).isZero();
    }

    @Test
    public void aServerThatMayNotBeAskedYetIsNotAsked() throws Exception {
        RequestRate rate = RequestRate.timed(1, () -> 0, millis -> {});
        rate.close(Duration.ofSeconds(90));
        HttpPage page = new HttpPage(
                "m",
                new ServerAccess(MetricCredentials.NONE, HttpLimits.DEFAULT, rate, HttpProxy.OF_THE_JVM),
                RequestSigner.AUTHORIZATION);
        assertThatThrownBy(() -> page.get(server.url("/"), "*/*"))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("'m' was not asked: that is allowed again only in 91 s")
                .matches(e -> ((MetricException) e).isRetryable());
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    public void aCredentialThatIsGoneIsNamed() {
        HttpPage page = new HttpPage(
                "m",
                ServerAccess.of(
                        () -> {
                            throw new IOException("there is no credential 'x'");
                        },
                        HttpLimits.DEFAULT),
                RequestSigner.AUTHORIZATION);
        assertThatThrownBy(() -> page.get(server.url("/"), "*/*"))
                .hasMessage("metric server 'm': its credentials cannot be read: there is no credential 'x'");
    }

    @Test
    public void nothingShowsASecret() throws Exception {
        server.enqueue(new MockResponse().setBody("x"));
        assertThat(new MetricSecret("me", "t0ken").toString()).doesNotContain("t0ken");
        HttpAnswer answer = direct().get(server.url("/"), "*/*");
        assertThat(answer.masking().toString()).doesNotContain("t0ken");
        assertThat(answer.quote("you sent Bearer t0ken")).isEqualTo("you sent ****");
    }

    private HttpPage direct() {
        return new HttpPage(
                "m",
                ServerAccess.of(MetricCredentials.bearer("t0ken"), HttpLimits.DEFAULT),
                RequestSigner.AUTHORIZATION);
    }

    private HttpPage page(MetricSecret proxySecret) {
        HttpProxy proxy = new HttpProxy() {
            @Override
            public Proxy towards(String host) {
                return host.equals("metrics.invalid") ? server.toProxyAddress() : Proxy.NO_PROXY;
            }

            @Override
            public MetricSecret secret() {
                return proxySecret;
            }
        };
        return new HttpPage(
                "m",
                new ServerAccess(MetricCredentials.bearer("t0ken"), HttpLimits.DEFAULT, RequestRate.unlimited(), proxy),
                RequestSigner.AUTHORIZATION);
    }
}
