package io.jenkins.plugins.rollback.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Every answer that a Prometheus, or something that is none, can give. */
public class PrometheusSourceTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.500Z");
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(2), 10_000);

    private final MockWebServer server = new MockWebServer();
    private PrometheusSource source;

    @Before
    public void start() throws Exception {
        server.start();
        source = new PrometheusSource(
                "prom", server.url("/prefix").toString(), MetricCredentials.bearer("s3cret-token"), LIMITS);
    }

    @After
    public void stop() throws Exception {
        server.shutdown();
    }

    @Test
    public void readsOneValueAndSendsQueryTimeAndCredentials() throws Exception {
        server.enqueue(json("{'status':'success','data':{'resultType':'vector','result':["
                + "{'metric':{'a':'b'},'value':[1.5,'12.25']}]}}"));

        assertThat(source.read("sum(x{a=\"b\"})", AT)).isEqualTo(Reading.of(AT, 12.25));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/prefix/api/v1/query");
        assertThat(request.getRequestUrl().queryParameter("query")).isEqualTo("sum(x{a=\"b\"})");
        assertThat(request.getRequestUrl().queryParameter("time")).isEqualTo("1795341600.500");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer s3cret-token");
    }

    @Test
    public void readsAScalar() throws Exception {
        server.enqueue(json("{'status':'success','data':{'resultType':'scalar','result':[1.5,'3e2']}}"));
        assertThat(source.read("scalar(x)", AT).value()).isEqualTo(300);
    }

    @Test
    public void anEmptyVectorIsNoDataAndNoError() throws Exception {
        server.enqueue(json("{'status':'success','data':{'resultType':'vector','result':[]}}"));
        Reading reading = source.read("x", AT);
        assertThat(reading.hasData()).isFalse();
        assertThat(reading.nan()).isFalse();
        assertThat(reading.note()).contains("'prom'").contains("no series");
    }

    @Test
    public void nanAndInfinitiesAreNoNumbers() throws Exception {
        for (String value : List.of("NaN", "+Inf", "-Inf")) {
            server.enqueue(json("{'status':'success','data':{'resultType':'vector','result':["
                    + "{'metric':{},'value':[1.5,'" + value + "']}]}}"));
            Reading reading = source.read("x", AT);
            assertThat(reading.hasData()).isFalse();
            assertThat(reading.nan()).isTrue();
            assertThat(reading.note()).contains("'prom'").contains("HTTP 200").contains(value);
        }
    }

    @Test
    public void severalSeriesAreNamedWithTheLabelThatDiffers() {
        server.enqueue(json("{'status':'success','data':{'resultType':'vector','result':["
                + "{'metric':{'job':'a','pod':'p1'},'value':[1,'1']},"
                + "{'metric':{'job':'a','pod':'p2'},'value':[1,'2']}]}}"));
        MetricException e = failure();
        assertThat(e).hasMessageContaining("'prom'").hasMessageContaining("2 series where one is needed");
        assertThat(e).hasMessageContaining("label 'pod' (p1, p2)");
        assertThat(e.getMessage()).doesNotContain("'job'");
        assertThat(e.isRetryable()).isFalse();
    }

    @Test
    public void aWrongQueryQuotesTheServerAndIsNotRetried() {
        server.enqueue(json("{'status':'error','errorType':'bad_data','error':'1:5: parse error: unexpected }'}")
                .setResponseCode(400));
        MetricException e = failure();
        assertThat(e).hasMessage("metric server 'prom' answered HTTP 400 (bad_data): 1:5: parse error: unexpected }");
        assertThat(e.isRetryable()).isFalse();
    }

    @Test
    public void aStatusErrorWithinHttp200IsAnErrorToo() {
        server.enqueue(json("{'status':'error','errorType':'timeout','error':'query timed out'}"));
        assertThat(failure()).hasMessageContaining("HTTP 200 (timeout): query timed out");
    }

    @Test
    public void anOverloadedServerMayBeAskedAgain() {
        for (int status : new int[] {429, 500, 502, 503, 504}) {
            server.enqueue(new MockResponse().setResponseCode(status).setBody("upstream is tired"));
            MetricException e = failure();
            assertThat(e).hasMessageContaining("'prom'").hasMessageContaining("HTTP " + status);
            assertThat(e.isRetryable()).isTrue();
        }
    }

    @Test
    public void refusedCredentialsAreNeitherRetriedNorShown() {
        server.enqueue(new MockResponse().setResponseCode(401).setBody("Unauthorized: s3cret-token"));
        MetricException e = failure();
        assertThat(e).hasMessageContaining("HTTP 401");
        assertThat(e.isRetryable()).isFalse();
        assertThat(e.toString()).doesNotContain("s3cret-token");
    }

    @Test
    public void htmlIsNamedAsSuch() {
        server.enqueue(new MockResponse()
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .setBody("<!DOCTYPE html><title>Sign in</title>"));
        assertThat(failure())
                .hasMessage("metric server 'prom' answered HTTP 200 with an HTML page where Prometheus answers JSON");
    }

    @Test
    public void jsonOfSomethingElseIsNoAnswer() {
        for (String body :
                List.of("{}", "[]", "{\"status\":\"success\"}", "17", "{\"status\":\"success\",\"data\":3}")) {
            server.enqueue(new MockResponse().setBody(body));
            assertThat(failure()).hasMessageContaining("'prom'").hasMessageContaining("HTTP 200");
        }
    }

    @Test
    public void aValueThatIsNoNumberIsAnError() {
        server.enqueue(json("{'status':'success','data':{'resultType':'vector','result':["
                + "{'metric':{},'value':[1.5,'twelve']}]}}"));
        assertThat(failure()).hasMessageContaining("'twelve', which is no number");
    }

    @Test
    public void aSlowServerEndsInATimeout() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        MetricException e = failure();
        assertThat(e).hasMessage("metric server 'prom' gave no answer: timeout");
        assertThat(e.isRetryable()).isTrue();
    }

    @Test
    public void aServerThatIsDownIsNamed() throws Exception {
        server.shutdown();
        MetricException e = failure();
        assertThat(e).hasMessageContaining("metric server 'prom' gave no answer");
        assertThat(e.isRetryable()).isTrue();
    }

    @Test
    public void anAnswerOverTheLimitIsNotRead() {
        server.enqueue(new MockResponse().setBody("x".repeat(20_000)));
        assertThat(failure()).hasMessageContaining("more than 10000 bytes");
    }

    @Test
    public void redirectsAreNotFollowed() throws Exception {
        server.enqueue(new MockResponse().setResponseCode(302).setHeader("Location", server.url("/elsewhere")));
        assertThat(failure()).hasMessageContaining("HTTP 302");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    public void anInterruptedThreadStaysInterruptible() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> source.read("x", AT)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    public void readsARangeAndLeavesGapsOut() throws Exception {
        server.enqueue(json("{'status':'success','data':{'resultType':'matrix','result':[{'metric':{},'values':["
                + "[1795341600,'1'],[1795341660,'NaN'],[1795341720,'3']]}]}}"));
        List<Reading> readings = source.range("x", AT.minusSeconds(120), AT, Duration.ofSeconds(60));
        assertThat(readings).extracting(Reading::value).containsExactly(1.0, 3.0);
        assertThat(readings.get(0).at()).isEqualTo(Instant.ofEpochSecond(1795341600));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/prefix/api/v1/query_range");
        assertThat(request.getRequestUrl().queryParameter("step")).isEqualTo("60.000");
    }

    @Test
    public void aRangeWithTooManyPointsIsRefusedBeforeAsking() {
        assertThatThrownBy(() -> source.range("x", AT.minus(Duration.ofDays(30)), AT, Duration.ofSeconds(1)))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("at most 11000");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    public void anAddressWithAPasswordIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new PrometheusSource(
                        "prom", "http://user:hunter2@localhost:9090", MetricCredentials.NONE, LIMITS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use credentials instead")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> new PrometheusSource("prom", "file:///etc/passwd", MetricCredentials.NONE, LIMITS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private MetricException failure() {
        return catchThrowableOfType(MetricException.class, () -> source.read("x", AT));
    }

    private static MockResponse json(String singleQuoted) {
        return new MockResponse()
                .setHeader("Content-Type", "application/json")
                .setBody(singleQuoted.replace('\'', '"'));
    }
}
