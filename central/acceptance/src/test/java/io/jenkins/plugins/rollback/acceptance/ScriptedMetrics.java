package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A real Prometheus that scrapes a process whose numbers depend on nothing but which look they are for: two gates that
 * look at the same slots see the same samples, whatever happened to their controllers in between.
 */
final class ScriptedMetrics implements AutoCloseable {

    private final Path folder;
    private final Programs programs;
    private final int target = Programs.freePort();
    private final int port = Programs.freePort();

    /** Starts Prometheus; what it scrapes comes with {@link #begin}. */
    ScriptedMetrics(Path folder) throws IOException {
        this.folder = folder;
        programs = new Programs(folder);
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"),
                String.join(
                        "\n",
                        "global: {scrape_interval: 1s, scrape_timeout: 1s}",
                        "scrape_configs:",
                        "  - job_name: demo",
                        "    static_configs: [{targets: ['127.0.0.1:" + target + "']}]",
                        ""));
        programs.start(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
        Programs.awaitOk(url() + "/-/ready", "");
    }

    /** Starts the process with the numbers of looks that are due at whole intervals after a moment. */
    void begin(Instant zero, Duration interval) throws IOException {
        Path script = folder.resolve("exporter.py");
        try (InputStream in = ScriptedMetrics.class.getResourceAsStream("exporter.py")) {
            Files.copy(in, script);
        }
        programs.start(
                "python3",
                script.toString(),
                String.valueOf(target),
                String.valueOf(zero.toEpochMilli() / 1000.0),
                String.valueOf(interval.toSeconds()));
        Programs.awaitOk(url() + "/api/v1/query?query=demo_requests", "canary");
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        programs.close();
    }
}
