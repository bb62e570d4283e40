package io.jenkins.plugins.rollback.engine.metrics.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.metrics.HttpLimits;
import io.jenkins.plugins.rollback.engine.metrics.MetricCredentials;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import io.jenkins.plugins.rollback.engine.metrics.ScrapeSource;
import io.jenkins.plugins.rollback.engine.metrics.ServerAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What one vendor alone does, beside {@link ConformanceTest}. */
public class VendorTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

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
    public void aMetricStatOfCloudWatchGetsThePeriodOfTheLook() throws Exception {
        MetricSource source = source(ServerKind.CLOUDWATCH, "eu-west-1", null);
        String empty = "{\"MetricDataResults\":[]}";
        for (int i = 0; i < 4; i++) {
            answer(empty);
        }
        source.read("{\"Metric\":{\"Namespace\":\"AWS/EC2\",\"MetricName\":\"CPU\"},\"Stat\":\"Average\"}", AT, MINUTE);
        assertThat(body())
                .contains("\"MetricStat\":{\"Metric\":{\"Namespace\":\"AWS/EC2\",\"MetricName\":\"CPU\"},"
                        + "\"Stat\":\"Average\",\"Period\":60}");
        source.read(
                "[{\"Id\":\"e\",\"Expression\":\"a/b\"},{\"Id\":\"a\",\"ReturnData\":false,\"MetricStat\":{\"Period\":10}}]",
                AT,
                Duration.ofSeconds(90));
        assertThat(body())
                .as("90 s is no period; two minutes are")
                .contains("{\"Id\":\"e\",\"Expression\":\"a/b\",\"Period\":120}")
                .contains("\"MetricStat\":{\"Period\":10}");
        source.read("SELECT 1", AT, Duration.ofSeconds(8));
        assertThat(body()).contains("\"Period\":10");
        source.probe();
        assertThat(body()).contains("\"Namespace\":\"release-rollback\"");
        assertThatThrownBy(() -> source.read("{oops", AT, MINUTE)).hasMessageContaining("begins like JSON");
    }

    @Test
    public void throttlingOfCloudWatchPassesThoughItIsA400() {
        server.enqueue(new MockResponse()
                .setResponseCode(400)
                .setBody(
                        "{\"__type\":\"com.amazon.coral.service#ThrottlingException\",\"message\":\"Rate exceeded\"}"));
        assertThatThrownBy(
                        () -> source(ServerKind.CLOUDWATCH, "eu-west-1", null).read("x", AT))
                .hasMessageContaining("HTTP 400 (ThrottlingException): Rate exceeded")
                .matches(e -> ((MetricException) e).isRetryable());
    }

    @Test
    public void pagesOfCloudWatchAreOneSeries() throws Exception {
        String page = "{\"MetricDataResults\":[{\"Id\":\"q\",\"Label\":\"l\",\"StatusCode\":\"PartialData\","
                + "\"Timestamps\":[%d],\"Values\":[%d]}]%s}";
        answer(page.formatted(AT.getEpochSecond() - 120, 1, ",\"NextToken\":\"more\""));
        answer(page.formatted(AT.getEpochSecond() - 60, 2, ""));
        assertThat(source(ServerKind.CLOUDWATCH, "eu-west-1", null).range("x", AT.minusSeconds(120), AT, MINUTE))
                .containsExactly(Reading.of(AT.minusSeconds(60), 1), Reading.of(AT, 2));
        body();
        assertThat(body()).contains("\"NextToken\":\"more\"");
    }

    @Test
    public void aPercentileOfNewRelicIsAnObjectWithOneValue() throws Exception {
        MetricSource source = source(ServerKind.NEWRELIC, "1", null);
        answer(newRelic("{\"beginTimeSeconds\":%d,\"percentile.duration\":{\"95\":0.25}}"));
        assertThat(source.read("SELECT percentile(duration, 95) FROM T", AT).value())
                .isEqualTo(0.25);
        answer(newRelic("{\"beginTimeSeconds\":%d,\"count\":1,\"sum\":2}"));
        assertThatThrownBy(() -> source.read("SELECT count(*), sum(x) FROM T", AT))
                .hasMessageContaining("2 values a row where one is needed");
        assertThatThrownBy(() -> source.read("SELECT count(*) FROM T since 1 hour ago", AT))
                .hasMessageContaining("leave SINCE");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    public void aLongHistoryOfNewRelicIsAskedInParts() throws Exception {
        for (int i = 0; i < 3; i++) {
            answer(newRelic("{\"beginTimeSeconds\":%d,\"count\":1}"));
        }
        source(ServerKind.NEWRELIC, "1", null).range("SELECT count(*) FROM T", AT.minusSeconds(60 * 1000), AT, MINUTE);
        assertThat(server.getRequestCount()).as("1000 points, 366 at a time").isEqualTo(3);
        assertThat(body()).contains("SINCE " + AT.minusSeconds(60_000).toEpochMilli());
        body();
        assertThat(body()).contains("UNTIL " + AT.toEpochMilli());
    }

    private static String newRelic(String row) {
        return "{\"data\":{\"actor\":{\"account\":{\"nrql\":{\"results\":[" + row.formatted(AT.getEpochSecond() - 60)
                + "]}}}}}";
    }

    @Test
    public void influxNeedsToBeToldWhereTheTimeBelongs() throws Exception {
        assertThatThrownBy(() -> source(ServerKind.INFLUXQL, "db", null).read("SELECT x FROM y", AT))
                .hasMessageContaining("$timeFilter");
        assertThatThrownBy(() -> source(ServerKind.FLUX, "org", null).read("from(bucket: \"b\")", AT))
                .hasMessageContaining("v.timeRangeStart");
        answer("{\"results\":[{\"series\":[{\"columns\":[\"time\",\"a\",\"b\"],\"values\":[]}]}]}");
        assertThatThrownBy(() -> source(ServerKind.INFLUXQL, "db", null).read("SELECT $timeFilter", AT))
                .hasMessageContaining("time and one value are needed");
    }

    @Test
    public void aSumOfFluxWithoutATimeIsOfTheWholeSpan() throws Exception {
        answer("#group,false,false,true,true,false\r\n,result,table,_start,_stop,_value\r\n"
                + ",_result,0,2026-11-22T09:59:00Z,2026-11-22T10:00:00Z,7\r\n");
        assertThat(source(ServerKind.FLUX, "org", null)
                        .read("v.timeRangeStart v.timeRangeStop", AT)
                        .value())
                .isEqualTo(7);
    }

    @Test
    public void datadogSaysInAHeaderOfItsOwnWhenItMayBeAskedAgain() {
        server.enqueue(new MockResponse()
                .setResponseCode(429)
                .setHeader("X-RateLimit-Reset", "7")
                .setBody("{\"errors\":[\"Rate limit exceeded\"]}"));
        assertThatThrownBy(() -> source(ServerKind.DATADOG, null, null).read("x", AT))
                .hasMessageContaining("HTTP 429: Rate limit exceeded")
                .matches(e -> ((MetricException) e).retryAfter().toSeconds() == 7);
    }

    @Test
    public void jsonWithoutTimesKnowsOnlyThePresent() throws Exception {
        JsonPlaces places = JsonPlaces.of("", "$.value", "");
        MetricSource source = source(ServerKind.JSON, null, places);
        answer("{\"value\": \"12.5\"}");
        assertThat(source.read("x", AT, MINUTE).value()).isEqualTo(12.5);
        assertThat(source.read("x", AT.minusSeconds(60), MINUTE).hasData())
                .as("the answer of now is none for then")
                .isFalse();
        assertThat(source.range("x", AT.minusSeconds(600), AT, MINUTE)).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(1);
        answer("{\"value\": [1, 2]}");
        assertThatThrownBy(() -> source.read("x", AT, MINUTE)).hasMessageContaining("2 values where one is needed");
        answer("{\"value\": \"many\"}");
        assertThatThrownBy(() -> source.read("x", AT, MINUTE)).hasMessageContaining("'many', which is no number");
        answer("{}");
        assertThat(source.read("x", AT, MINUTE).hasData()).isFalse();
    }

    @Test
    public void timesOfJsonAreSecondsMillisecondsOrIso() throws Exception {
        MetricSource source = source(ServerKind.JSON, null, JsonPlaces.of("", "$.v", "$.t"));
        answer("{\"t\":[%d,%d,\"2026-11-22T10:59:30+01:00\"],\"v\":[1,2,3]}"
                .formatted(AT.getEpochSecond() - 180, AT.toEpochMilli() - 120_000));
        assertThat(source.range("x", AT.minusSeconds(240), AT, MINUTE))
                .containsExactly(
                        Reading.of(AT.minusSeconds(120), 1), Reading.of(AT.minusSeconds(60), 2), Reading.of(AT, 3));
        answer("{\"t\":[1],\"v\":[1,2]}");
        assertThatThrownBy(() -> source.read("x", AT)).hasMessageContaining("2 values where 1 times are");
        answer("{\"t\":[\"noon\"],\"v\":[1]}");
        assertThatThrownBy(() -> source.read("x", AT)).hasMessageContaining("a time that is neither");
    }

    @Test
    public void aServerWithADelayIsAskedAboutEarlier() throws Exception {
        ServerSettings settings = new ServerSettings(
                "metrics",
                ServerKind.GRAPHITE,
                List.of(new ScrapeSource.Page(server.url("/").toString(), Map.of())),
                null,
                null,
                Duration.ofMinutes(3));
        MetricSource source = MetricServers.make(
                settings, ServerAccess.of(MetricCredentials.NONE, HttpLimits.DEFAULT), Clock.systemUTC());
        String points = "[{\"target\":\"t\",\"datapoints\":[[4,%d]]}]".formatted(AT.getEpochSecond() - 240);
        answer(points);
        answer(points);
        assertThat(source.read("t", AT, MINUTE)).isEqualTo(Reading.of(AT, 4));
        assertThat(source.range("t", AT.minusSeconds(60), AT, MINUTE)).containsExactly(Reading.of(AT, 4));
    }

    private void answer(String body) {
        server.enqueue(new MockResponse().setBody(body));
    }

    private String body() throws InterruptedException {
        return server.takeRequest().getBody().readUtf8();
    }

    private MetricSource source(ServerKind kind, String scope, JsonPlaces places) {
        String path = kind == ServerKind.JSON ? "/?q=$query" : "/";
        ServerSettings settings = new ServerSettings(
                "metrics",
                kind,
                List.of(new ScrapeSource.Page(server.url("/") + path.substring(1), Map.of())),
                scope,
                places,
                Duration.ZERO);
        return MetricServers.make(
                settings,
                ServerAccess.of(MetricCredentials.basic("AKIDEXAMPLE", "secret"), HttpLimits.DEFAULT),
                Clock.fixed(AT, ZoneOffset.UTC));
    }
}
