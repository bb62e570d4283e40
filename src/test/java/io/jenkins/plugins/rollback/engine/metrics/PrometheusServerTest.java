package io.jenkins.plugins.rollback.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A real Prometheus that scrapes a real HTTP server, and the direct scrape of the same server beside it. */
public class PrometheusServerTest {

    /** Both extrapolate before they divide. */
    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final AtomicLong good = new AtomicLong();
    private final AtomicLong bad = new AtomicLong();
    private HttpServer service;
    private Process prometheus;
    private PrometheusSource source;

    @Before
    public void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/metrics", exchange -> {
            String page = "# TYPE requests_total counter\n"
                    + "requests_total{track=\"canary\",code=\"200\"} " + good.addAndGet(20) + "\n"
                    + "requests_total{track=\"canary\",code=\"500\"} " + bad.addAndGet(5) + "\n";
            byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = folder.newFile("prometheus.yml").toPath();
        Files.writeString(
                config,
                "global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: demo\n"
                        + "    static_configs: [{targets: ['127.0.0.1:"
                        + service.getAddress().getPort() + "']}]\n");
        prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.newFolder("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.newFile("prometheus.log"))
                .start();
        source = new PrometheusSource("prom", "http://127.0.0.1:" + port, MetricCredentials.NONE, HttpLimits.DEFAULT);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            source.probe();
            return source.read("sum(requests_total) and on() count_over_time(up[1m]) > 4", Instant.now())
                    .hasData();
        });
    }

    @After
    public void stop() throws Exception {
        service.stop(0);
        prometheus.destroy();
        prometheus.waitFor();
    }

    @Test
    public void theSameQueryWorksAgainstPrometheusAndTheDirectScrape() throws Exception {
        String query = "sum(increase(requests_total{track=\"canary\",code=~\"5..\"}[4s]))"
                + " / sum(increase(requests_total{track=\"canary\"}[4s]))";
        ScrapeSource direct = new ScrapeSource(
                "direct",
                List.of(new ScrapeSource.Page(
                        "http://127.0.0.1:" + service.getAddress().getPort() + "/metrics", Map.of())),
                MetricCredentials.NONE,
                HttpLimits.DEFAULT);
        Instant now = Instant.now();
        assertThat(source.read(query, now).value()).isCloseTo(0.2, ROUNDING);
        assertThat(direct.read(query, now).hasData()).isFalse();
        assertThat(direct.read(query, now.plusSeconds(4)).value()).isCloseTo(0.2, ROUNDING);

        assertThat(source.range("sum(requests_total)", now.minusSeconds(10), now, Duration.ofSeconds(1)))
                .isNotEmpty();
        assertThat(source.read("nothing_of_that_name", now).note()).contains("no series");
        assertThat(source.read("vector(0) / vector(0)", now).nan()).isTrue();
        assertThatThrownBy(() -> source.read("requests_total", now))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("label 'code' (200, 500)");
        assertThatThrownBy(() -> source.read("sum(", now))
                .isInstanceOf(MetricException.class)
                .hasMessageContaining("HTTP 400 (bad_data)");
    }
}
