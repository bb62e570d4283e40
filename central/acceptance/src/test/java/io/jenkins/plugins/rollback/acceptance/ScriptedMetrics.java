package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A real Prometheus that scrapes a process whose numbers depend on nothing but which look they are for: two gates that
 * look at the same slots see the same samples, whatever happened to their controllers in between.
 */
final class ScriptedMetrics implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final int target = freePort();
    private final int port = freePort();
    private final List<Process> processes = new ArrayList<>();

    /** Starts Prometheus; what it scrapes comes with {@link #begin}. */
    ScriptedMetrics(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"),
                String.join(
                        "\n",
                        "global: {scrape_interval: 1s, scrape_timeout: 1s}",
                        "scrape_configs:",
                        "  - job_name: demo",
                        "    static_configs: [{targets: ['127.0.0.1:" + target + "']}]",
                        ""));
        start(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
        await("/-/ready", "");
    }

    /** Starts the process with the numbers of looks that are due at whole intervals after a moment. */
    void begin(Instant zero, Duration interval) throws IOException {
        Path script = folder.resolve("exporter.py");
        try (InputStream in = ScriptedMetrics.class.getResourceAsStream("exporter.py")) {
            Files.copy(in, script);
        }
        start(
                "python3",
                script.toString(),
                String.valueOf(target),
                String.valueOf(zero.toEpochMilli() / 1000.0),
                String.valueOf(interval.toSeconds()));
        await("/api/v1/query?query=demo_requests", "canary");
    }

    private void start(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                .start());
    }

    private void await(String path, String text) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + path)).timeout(LIMIT).build();
        Awaitility.await(path).atMost(LIMIT).ignoreExceptions().until(() -> {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains(text);
        });
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
