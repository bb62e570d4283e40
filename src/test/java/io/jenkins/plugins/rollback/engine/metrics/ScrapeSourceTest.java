package io.jenkins.plugins.rollback.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ScrapeSourceTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

    private final MockWebServer server = new MockWebServer();
    private ScrapeSource source;

    @Before
    public void start() throws Exception {
        server.start();
        source = new ScrapeSource(
                "page",
                List.of(new ScrapeSource.Page(server.url("/metrics").toString(), Map.of("zone", "a"))),
                MetricCredentials.NONE,
                HttpLimits.DEFAULT);
    }

    @After
    public void stop() throws Exception {
        server.shutdown();
    }

    @Test
    public void increasesAreTakenBetweenScrapesAndOneLookScrapesOnce() throws Exception {
        page(
                "req{track='canary',code='200'} 100\nreq{track='canary',code='500'} 3\nreq{track='baseline',code='200'} 9");
        page(
                "req{track='canary',code='200'} 180\nreq{track='canary',code='500'} 5\nreq{track='baseline',code='200'} 9");
        String bad = "sum(increase(req{track=\"canary\",code=~\"5..\"}[1m]))";
        String total = "sum(increase(req{track=\"canary\"}[1m]))";

        assertThat(source.read(bad, T0).note()).contains("'page'").contains("no scrape from 60.0 s ago");
        assertThat(source.read(total, T0).hasData()).isFalse();

        Instant later = T0.plusSeconds(60);
        assertThat(source.read(bad, later).value()).isEqualTo(2);
        assertThat(source.read(total, later).value()).isEqualTo(82);
        assertThat(source.read(bad + " / " + total, later).value()).isCloseTo(2 / 82.0, within(1e-12));
        assertThat(source.read("sum(rate(req{track='canary'}[1m]))", later).value())
                .isCloseTo(82 / 60.0, within(1e-12));
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    public void aCounterThatStartedAnewCountsFromZero() throws Exception {
        page("req 100");
        page("req 130");
        page("req 7");
        page("req 9\nreq{new='yes'} 4");
        for (int i = 0; i < 3; i++) {
            source.read("increase(req[1s])", T0.plusSeconds(i));
        }
        assertThat(source.read("sum(increase(req[1s]))", T0.plusSeconds(3)).value())
                .isEqualTo(2 + 4);
        assertThat(source.read("sum(increase(req[3s]))", T0.plusSeconds(3)).value())
                .isEqualTo(30 + 7 + 2 + 4);
    }

    @Test
    public void aLateLookStillCountsEverythingSinceTheLast() throws Exception {
        page("req 10");
        page("req 30");
        page("req 90");
        source.read("increase(req[1s])", T0);
        assertThat(source.read("increase(req[1s])", T0.plusMillis(2500)).value())
                .isEqualTo(20);
        assertThat(source.read("increase(req[1s])", T0.plusSeconds(60)).hasData())
                .isFalse();
    }

    @Test
    public void quantilesAreThoseOfPrometheus() throws Exception {
        page("lat_bucket{le='0.1'} 0\nlat_bucket{le='0.5'} 0\nlat_bucket{le='+Inf'} 0");
        page("lat_bucket{le='0.1'} 50\nlat_bucket{le='0.5'} 90\nlat_bucket{le='+Inf'} 100");
        String query = "histogram_quantile(%s, sum by (le) (increase(lat_bucket[1m])))";
        source.read(String.format(query, "0.5"), T0);
        Instant later = T0.plusSeconds(60);
        assertThat(source.read(String.format(query, "0.5"), later).value()).isCloseTo(0.1, within(1e-12));
        assertThat(source.read(String.format(query, "0.7"), later).value()).isCloseTo(0.3, within(1e-12));
        assertThat(source.read(String.format(query, "0.99"), later).value()).isEqualTo(0.5);
        assertThat(source.read("histogram_quantile(0.25, lat_bucket)", later).value())
                .isCloseTo(0.05, within(1e-12));
    }

    @Test
    public void aQuantileOfNothingAndZeroByZeroAreNoNumbers() throws Exception {
        page("lat_bucket{le='1'} 5\nlat_bucket{le='+Inf'} 5\na 0\nb 0");
        page("lat_bucket{le='1'} 5\nlat_bucket{le='+Inf'} 5\na 0\nb 0");
        source.read("histogram_quantile(0.9, increase(lat_bucket[1m]))", T0);
        Instant later = T0.plusSeconds(60);
        assertThat(source.read("histogram_quantile(0.9, increase(lat_bucket[1m]))", later)
                        .nan())
                .isTrue();
        assertThat(source.read("a / b", later).nan()).isTrue();
    }

    @Test
    public void absentSeriesAreNoDataUnlessADefaultIsGiven() throws Exception {
        page("req{zone='b'} 1");
        assertThat(source.read("sum(nothing)", T0).note()).contains("'page'").contains("no series");
        assertThat(source.read("sum(nothing) or vector(0)", T0).value()).isZero();
        assertThat(source.read("req{zone='a'}", T0).value())
                .as("labels of the page's place win")
                .isEqualTo(1);
    }

    @Test
    public void severalSeriesAreNamedWithTheLabelThatDiffers() throws Exception {
        page("up{pod='x'} 1\nup{pod='y'} 0");
        assertThatThrownBy(() -> source.read("up", T0))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("'page' has 2 series")
                .hasMessageContaining("label 'pod' (x, y)");
    }

    @Test
    public void queriesItDoesNotUnderstandAreExplained() {
        Map<String, String> wrong = Map.of(
                "sum(",
                "column 5: expected a number, a metric or a function, found the end",
                "topk(3, x)",
                "the function 'topk' is not among those",
                "increase(x)",
                "expected a range",
                "x[1m]",
                "belongs into increase() or rate()",
                "x{a=b}",
                "expected a quoted value",
                "x{a=~\"(\"}",
                "no regular expression",
                "x y",
                "expected the end, found 'y'",
                "increase(x[0s])",
                "a range above zero",
                "(".repeat(60),
                "nested deeper than 50");
        wrong.forEach((query, message) -> assertThatThrownBy(() -> source.read(query, T0))
                .as(query)
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("'page'")
                .hasMessageContaining(message));
    }

    @Test
    public void badPagesAreErrorsWithTheStatus() throws Exception {
        server.enqueue(new MockResponse().setResponseCode(503));
        server.enqueue(new MockResponse().setBody("<html>hello</html>"));
        server.enqueue(new MockResponse().setBody("req{ 1"));
        List<String> messages = List.of("HTTP 503", "an HTML page", "line 1 is not in the Prometheus text format");
        for (String message : messages) {
            assertThatThrownBy(() -> source.read("x", T0))
                    .isInstanceOf(MetricException.class)
                    .hasMessageContaining("'page'")
                    .hasMessageContaining(message);
        }
    }

    @Test
    public void thePastIsNotKnown() throws Exception {
        page("req 1");
        source.read("req", T0);
        assertThat(source.read("req", T0.minusSeconds(60)).note()).contains("cannot look back");
        assertThat(source.range("req", T0.minusSeconds(60), T0, java.time.Duration.ofSeconds(1)))
                .isEmpty();
    }

    @Test
    public void theTextFormatIsReadWithEscapesCommentsAndTimestamps() {
        Map<Labels, Double> series = ExpositionParser.parse(
                "# HELP a text\n# TYPE a counter\na{x=\"q\\\"uote\\\\ \\n\", y=\"2\",} 1.5e3 1395066363000\nb NaN\n c +Inf # {x=\"y\"} 1\n# EOF\n",
                Map.of());
        assertThat(series).hasSize(3);
        assertThat(series.entrySet().stream()
                        .filter(e -> e.getKey().get("x").equals("q\"uote\\ \n"))
                        .findFirst())
                .get()
                .extracting(Map.Entry::getValue)
                .isEqualTo(1500.0);
    }

    private void page(String singleQuoted) {
        server.enqueue(new MockResponse()
                .setHeader("Content-Type", "text/plain; version=0.0.4")
                .setBody(singleQuoted.replace('\'', '"') + "\n"));
    }
}
