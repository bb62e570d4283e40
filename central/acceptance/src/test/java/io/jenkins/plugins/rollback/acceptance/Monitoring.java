package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Prometheus that watches a service's errors, and a real Alertmanager that it tells. */
final class Monitoring implements AutoCloseable {

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

    private final Programs programs;

    /**
     * Starts both.
     *
     * @param folder for what they write
     * @param receiver the part of Alertmanager's configuration that Jenkins' page offers
     * @param metrics address of the page with the service's counters
     * @param service label of the alert
     */
    Monitoring(Path folder, String receiver, URI metrics, String service) throws IOException {
        programs = new Programs(folder);
        int alertmanager = Programs.freePort();
        int prometheus = Programs.freePort();
        try {
            Path config = Files.writeString(folder.resolve("alertmanager.yml"), ALERTMANAGER + receiver);
            programs.start(
                    "prometheus-alertmanager",
                    "--config.file=" + config,
                    "--storage.path=" + folder.resolve("alertmanager"),
                    "--web.listen-address=127.0.0.1:" + alertmanager,
                    "--cluster.listen-address=");
            Path rules = Files.writeString(folder.resolve("rules.yml"), String.format(RULES, service));
            Path scrape = Files.writeString(
                    folder.resolve("prometheus.yml"),
                    String.format(PROMETHEUS, rules, metrics.getPath(), metrics.getAuthority(), alertmanager));
            programs.start(
                    "prometheus",
                    "--config.file=" + scrape,
                    "--storage.tsdb.path=" + folder.resolve("prometheus"),
                    "--web.listen-address=127.0.0.1:" + prometheus);
            Programs.awaitOk("http://127.0.0.1:" + alertmanager + "/-/ready", "");
            // it has looked at the service, and sees nothing wrong
            Programs.awaitOk(
                    "http://127.0.0.1:" + prometheus + "/api/v1/query?query=sum(rate(http_requests_total[5s]))",
                    "value");
        } catch (IOException | RuntimeException e) {
            close(); // the caller gets nothing that it could close
            throw e;
        }
    }

    @Override
    public void close() {
        programs.close();
    }
}
