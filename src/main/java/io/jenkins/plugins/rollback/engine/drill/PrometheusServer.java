package io.jenkins.plugins.rollback.engine.drill;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A real Prometheus that collects from all instances that the drill will ever start. */
final class PrometheusServer implements Closeable {

    /** Short, so that an increase over one look is made of several samples. */
    private static final String SCRAPE_INTERVAL = "200ms";

    private final ChildProcess process;
    private final int port;

    /**
     * Starts it; does not wait for it.
     *
     * @param folder for its configuration, data and log
     * @param targets ports of the instances; those that do not run yet are simply down
     */
    PrometheusServer(Path folder, List<Integer> targets) throws IOException {
        Files.createDirectories(folder);
        Path data = Files.createDirectories(folder.resolve("data"));
        if ("root".equals(System.getProperty("user.name"))) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        port = Ports.free(1).get(0);
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(
                configuration,
                """
                global:
                  scrape_interval: %1$s
                  scrape_timeout: %1$s
                scrape_configs:
                  - job_name: demo
                    static_configs:
                      - targets: [%2$s]
                """
                        .formatted(
                                SCRAPE_INTERVAL,
                                targets.stream()
                                        .map(target -> "'127.0.0.1:" + target + "'")
                                        .collect(Collectors.joining(", "))));
        process = ChildProcess.start(
                "prometheus",
                ChildProcess.unprivileged(List.of(
                        Programs.require("prometheus"),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + data,
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")),
                folder.resolve("prometheus.log"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Waits until it has collected from an instance. */
    void awaitUp(DemoInstance instance) throws IOException, InterruptedException {
        String query = url() + "/api/v1/query?query=up%7Binstance%3D%22127.0.0.1%3A" + instance.port() + "%22%7D";
        Wait.until("Prometheus collects from " + instance.name(), Duration.ofSeconds(30), () -> {
            process.requireAlive();
            try {
                return Http.get(query).body().contains(",\"1\"]");
            } catch (java.net.ConnectException e) {
                return false; // still starting
            }
        });
    }

    @Override
    public void close() {
        process.close();
    }
}
