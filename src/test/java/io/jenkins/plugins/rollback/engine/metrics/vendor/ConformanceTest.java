package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.rollback.engine.metrics.HttpLimits;
import io.jenkins.plugins.rollback.engine.metrics.HttpProxy;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import io.jenkins.plugins.rollback.engine.metrics.RequestRate;
import io.jenkins.plugins.rollback.engine.metrics.ScrapeSource;
import io.jenkins.plugins.rollback.engine.metrics.ServerAccess;
import io.jenkins.plugins.rollback.engine.metrics.vendor.Dialect.Dot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** What every kind of metric server must do alike, whatever words its API has. */
@RunWith(Parameterized.class)
public class ConformanceTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:30Z");
    private static final Instant TO = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant FROM = TO.minusSeconds(60);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final HttpLimits PATIENT =
            new HttpLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30), 10_000);

    /** For the server that hangs. */
    private static final HttpLimits SHORT =
            new HttpLimits(Duration.ofSeconds(10), Duration.ofMillis(400), Duration.ofSeconds(20), 10_000);

    @Parameterized.Parameters(name = "{0}")
    public static List<Object[]> dialects() {
        return Dialects.ALL.stream()
                .map(dialect -> new Object[] {dialect.kind(), dialect})
                .toList();
    }

    private final Dialect dialect;
    private final MockWebServer server = new MockWebServer();
    private final BlockingQueue<MockResponse> answers = new LinkedBlockingQueue<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private MetricSource source;

    public ConformanceTest(ServerKind kind, Dialect dialect) {
        this.dialect = dialect;
    }

    @Before
    public void start() throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                if ("/token".equals(request.getPath())) { // Google's: before the first question
                    return new MockResponse().setBody("{\"access_token\":\"s3cret-token\",\"expires_in\":3599}");
                }
                synchronized (requests) {
                    requests.add(request);
                }
                return answers.take();
            }
        });
        server.start();
        source = source(RequestRate.unlimited(), PATIENT);
    }

    private MetricSource source(RequestRate rate, HttpLimits limits) {
        String url = server.url("/") + dialect.path();
        ServerSettings settings = new ServerSettings(
                "metrics",
                dialect.kind(),
                List.of(new ScrapeSource.Page(url, Map.of())),
                dialect.scope(),
                dialect.places(),
                Duration.ZERO);
        String tokenUrl = server.url("/token").toString();
        return MetricServers.make(
                settings,
                new ServerAccess(() -> dialect.secret(tokenUrl), limits, rate, HttpProxy.OF_THE_JVM),
                Clock.fixed(AT, ZoneOffset.UTC));
    }

    @After
    public void stop() throws Exception {
        server.shutdown();
    }

    @Test
    public void aLookGetsTheNewestMinuteThatIsOver() throws Exception {
        answer(200, dialect.answer(List.of(List.of(new Dot(FROM, "12.25")))));
        assertThat(source.read(dialect.query(), AT, MINUTE)).isEqualTo(Reading.of(AT, 12.25));
        dialect.check(requests.get(0), FROM, TO);
    }

    @Test
    public void noSeriesIsNoDataAndNoError() throws Exception {
        answer(200, dialect.answer(List.of()));
        Reading reading = source.read(dialect.query(), AT, MINUTE);
        assertThat(reading.hasData()).isFalse();
        assertThat(reading.nan()).isFalse();
        assertThat(reading.note()).contains("'metrics'");
    }

    @Test
    public void severalSeriesAreAnError() {
        answer(200, dialect.answer(List.of(List.of(new Dot(FROM, "1")), List.of(new Dot(FROM, "2")))));
        MetricException e = failure();
        if (dialect.kind() == ServerKind.JSON) { // knows no names of series
            assertThat(e).hasMessageContaining("several values for " + FROM + " where one is needed");
        } else {
            assertThat(e)
                    .hasMessageContaining("2 series where one is needed")
                    .hasMessageContaining("pod-1")
                    .hasMessageContaining("pod-2");
        }
        assertThat(e.isRetryable()).isFalse();
    }

    @Test
    public void nullIsNoData() throws Exception {
        answer(200, dialect.answer(List.of(List.of(new Dot(FROM, "null")))));
        if (!dialect.knowsNull()) {
            assertThat(failure()).hasMessageContaining("'metrics' answered HTTP 200");
            return;
        }
        Reading reading = source.read(dialect.query(), AT, MINUTE);
        assertThat(reading.hasData()).isFalse();
        assertThat(reading.nan()).isFalse();
    }

    @Test
    public void nanIsNoNumber() throws Exception {
        answer(200, dialect.answer(List.of(List.of(new Dot(FROM, "NaN")))));
        Reading reading = source.read(dialect.query(), AT, MINUTE);
        assertThat(reading.hasData()).isFalse();
        assertThat(reading.nan()).isTrue();
        assertThat(reading.note()).contains("NaN");
    }

    @Test
    public void refusedCredentialsAreFinalAndNotShown() {
        for (int status : new int[] {401, 403}) {
            answer(status, dialect.error("key s3cret-token is not valid"));
            MetricException e = failure();
            assertThat(e)
                    .hasMessageContaining("'metrics' answered HTTP " + status)
                    .hasMessageContaining("is not valid");
            assertThat(e.toString()).doesNotContain("s3cret-token");
            assertThat(e.isRetryable()).isFalse();
            answer(status, "no way, s3cret-token");
            assertThat(failure())
                    .hasMessage("metric server 'metrics' answered HTTP " + status
                            + ": the credentials are refused, or may not ask this");
        }
    }

    @Test
    public void aWrongQueryIsExplainedByTheServerItself() {
        answer(400, dialect.error("parse error near )"));
        MetricException e = failure();
        assertThat(e).hasMessageContaining("HTTP 400").hasMessageContaining("parse error near )");
        assertThat(e.isRetryable()).isFalse();
    }

    @Test
    public void anErrorWithinHttp200IsOneToo() throws Exception {
        String known = dialect.errorWithin200("it went wrong");
        answer(200, known == null ? dialect.error("it went wrong") : known);
        if (dialect.kind() == ServerKind.JSON) { // any object is an answer without a point
            assertThat(source.read(dialect.query(), AT, MINUTE).hasData()).isFalse();
        } else {
            assertThat(failure())
                    .hasMessageContaining("HTTP 200")
                    .hasMessageContaining(known == null ? "'metrics' answered" : "it went wrong");
        }
    }

    @Test
    public void aServerThatWantsToBeLeftAloneIsLeftAlone() throws Exception {
        FakeTime time = new FakeTime();
        source = source(time.rate(1000), PATIENT);
        answers.add(new MockResponse()
                .setResponseCode(429)
                .setHeader("Retry-After", "2")
                .setBody(dialect.error("too many requests")));
        answer(200, dialect.answer(List.of(List.of(new Dot(FROM, "3")))));

        MetricException e = failure();
        assertThat(e).hasMessageContaining("HTTP 429").hasMessageContaining("too many requests");
        assertThat(e.isRetryable()).isTrue();
        assertThat(e.retryAfter()).hasSeconds(2);
        assertThat(source.read(dialect.query(), AT, MINUTE).value()).isEqualTo(3);
        assertThat(time.slept).isBetween(2000L, 2001L);
    }

    @Test
    public void anOutageMayPass() {
        for (int status : new int[] {500, 502, 503, 504}) {
            answer(status, dialect.error("we are tired"));
            MetricException e = failure();
            assertThat(e).hasMessageContaining("HTTP " + status).hasMessageContaining("we are tired");
            assertThat(e.isRetryable()).isTrue();
        }
    }

    @Test
    public void htmlIsNamedAsSuch() {
        answers.add(new MockResponse().setHeader("Content-Type", "text/html").setBody("<!DOCTYPE html><p>Sign in"));
        MetricException e = failure();
        assertThat(e).hasMessageContaining("HTTP 200 with an HTML page");
        assertThat(e.isRetryable()).isTrue();
    }

    @Test
    public void somethingElseIsNoAnswer() {
        for (String body : dialect.strange()) {
            answer(200, body);
            assertThat(failure()).as(body).hasMessageContaining("'metrics' answered HTTP 200");
        }
        answer(200, "");
        assertThatCode(() -> {
                    Reading reading = source.read(dialect.query(), AT, MINUTE);
                    assertThat(reading.hasData()).isFalse();
                })
                .satisfiesAnyOf(
                        e -> assertThat(e).isNull(),
                        e -> assertThat(e).isInstanceOf(MetricException.class).hasMessageContaining("HTTP 200"));
    }

    @Test
    public void silenceEndsInATimeout() {
        source = source(RequestRate.unlimited(), SHORT);
        answers.add(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        MetricException e = failure();
        assertThat(e).hasMessage("metric server 'metrics' gave no answer: timeout");
        assertThat(e.isRetryable()).isTrue();
    }

    @Test
    public void aHugeAnswerIsNotRead() {
        answer(200, dialect.answer(List.of(List.of(new Dot(FROM, "1")))) + " ".repeat(20_000));
        assertThat(failure()).hasMessageContaining("more than 10000 bytes");
    }

    @Test
    public void historyHasTheGapsOfTheSeries() throws Exception {
        String missing = dialect.knowsNull() ? "null" : "NaN";
        answer(
                200,
                dialect.answer(List.of(List.of(
                        new Dot(TO.minusSeconds(240), "1"),
                        new Dot(TO.minusSeconds(180), missing),
                        new Dot(TO.minusSeconds(120), "3"),
                        new Dot(TO.minusSeconds(60), "4")))));
        List<Reading> history = source.range(dialect.query(), AT.minusSeconds(600), AT, MINUTE);
        assertThat(history).extracting(Reading::value).containsExactly(1.0, 3.0, 4.0);
        assertThat(Duration.between(history.get(0).at(), history.get(2).at())).hasSeconds(180);
        assertThat(history.get(2).at()).isBetween(FROM, AT);
        assertThat(requests).hasSize(1);
    }

    @Test
    public void aSignOfLifeNeedsNoData() {
        answer(200, dialect.answer(List.of()));
        assertThatCode(() -> source.probe()).doesNotThrowAnyException();
        answer(401, dialect.error("who are you"));
        assertThatCode(() -> source.probe()).isInstanceOf(MetricException.class);
    }

    private void answer(int status, String body) {
        answers.add(new MockResponse().setResponseCode(status).setBody(body));
    }

    private MetricException failure() {
        return catchThrowableOfType(MetricException.class, () -> source.read(dialect.query(), AT, MINUTE));
    }
}
