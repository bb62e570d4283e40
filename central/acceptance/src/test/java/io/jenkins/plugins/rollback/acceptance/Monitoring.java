package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Prometheus that watches a service's errors, and a real Alertmanager that it tells. */
final class Monitoring implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String ALERTMANAGER = String.join(
            "\n",
            "route:",
            "  receiver: rollback",
            "  group_by: [service, environment]",
            "  group_wait: 0s",
            "  group_interval: 1s",
            "  repeat_interval: 1h",
            "");

    private static final String PROMETHEUS = String.join(
            "\n",
            "global: {scrape_interval: 1s, evaluation_interval: 1s}",
            "rule_files: ['%1$s']",
            "scrape_configs:",
            "  - job_name: demo",
            "    metrics_path: %2$s",
            "    static_configs: [{targets: ['%3$s']}]",
            "alerting:",
            "  alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%4$d']}]}]",
            "");

    private static final String RULES = String.join(
            "\n",
            "groups:",
            "  - name: errors",
            "    rules:",
            "      - alert: HighErrorRate",
            "        expr: sum(rate(http_requests_total{code=\"500\"}[5s])) / sum(rate(http_requests_total[5s])) > 0.2",
            "        labels: {service: '%1$s', environment: production, severity: critical}",
            "        annotations: {summary: '{{ $value | humanizePercentage }} of requests fail'}",
            "");

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /**
     * Starts both.
     *
     * @param folder for what they write
     * @param receiver the part of Alertmanager's configuration that Jenkins' page offers
     * @param metrics address of the page with the service's counters
     * @param service label of the alert
     */
    Monitoring(Path folder, String receiver, URI metrics, String service) throws IOException {
        this.folder = folder;
        int alertmanager = freePort();
        int prometheus = freePort();
        try {
            Path config = Files.writeString(folder.resolve("alertmanager.yml"), ALERTMANAGER + receiver);
            start(
                    "prometheus-alertmanager",
                    "--config.file=" + config,
                    "--storage.path=" + folder.resolve("alertmanager"),
                    "--web.listen-address=127.0.0.1:" + alertmanager,
                    "--cluster.listen-address=");
            Path rules = Files.writeString(folder.resolve("rules.yml"), String.format(RULES, service));
            Path scrape = Files.writeString(
                    folder.resolve("prometheus.yml"),
                    String.format(PROMETHEUS, rules, metrics.getPath(), metrics.getAuthority(), alertmanager));
            start(
                    "prometheus",
                    "--config.file=" + scrape,
                    "--storage.tsdb.path=" + folder.resolve("prometheus"),
                    "--web.listen-address=127.0.0.1:" + prometheus);
            awaitOk("http://127.0.0.1:" + alertmanager + "/-/ready", "");
            // it has looked at the service, and sees nothing wrong
            awaitOk(
                    "http://127.0.0.1:" + prometheus + "/api/v1/query?query=sum(rate(http_requests_total[5s]))",
                    "value");
        } catch (IOException | RuntimeException e) {
            close(); // the caller gets nothing that it could close
            throw e;
        }
    }

    private void start(String program, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(options));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile())
                .start());
    }

    private static void awaitOk(String url, String text) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
        HttpClient http = HttpClient.newHttpClient();
        Awaitility.await(url).atMost(LIMIT).ignoreExceptions().until(() -> {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains(text);
        });
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
