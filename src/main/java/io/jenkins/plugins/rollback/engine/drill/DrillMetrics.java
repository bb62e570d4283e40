package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.metrics.HttpLimits;
import io.jenkins.plugins.rollback.engine.metrics.MetricCredentials;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import io.jenkins.plugins.rollback.engine.metrics.PrometheusSource;
import io.jenkins.plugins.rollback.engine.metrics.ScrapeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The metric server of a drill, under the one id that its analysis file names. */
final class DrillMetrics implements MetricSources {

    private static final String ID = "demo";
    private static final HttpLimits LIMITS =
            new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5), 1L << 20);

    private final MetricSource source;

    private DrillMetrics(MetricSource source) {
        this.source = source;
    }

    /**
     * What collects from the instances that have a place now; waits until it does.
     *
     * @throws IOException when it does not collect in time
     */
    static DrillMetrics of(Stage stage) throws IOException, InterruptedException {
        if (stage.prometheus() == null) {
            return new DrillMetrics(scrape(stage.placed()));
        }
        for (DemoInstance instance : stage.placed()) {
            stage.prometheus().awaitUp(instance);
        }
        return new DrillMetrics(ask(stage.prometheus()));
    }

    /** Reads the pages of instances directly. */
    static MetricSource scrape(List<DemoInstance> instances) {
        List<ScrapeSource.Page> pages = instances.stream()
                .map(instance -> new ScrapeSource.Page(instance.url("/metrics"), Map.of()))
                .toList();
        return new ScrapeSource(ID, pages, MetricCredentials.NONE, LIMITS);
    }

    static MetricSource ask(PrometheusServer prometheus) {
        return new PrometheusSource(ID, prometheus.url(), MetricCredentials.NONE, LIMITS);
    }

    @Override
    public Optional<MetricSource> find(String id) {
        return id.equals(ID) ? Optional.of(source) : Optional.empty();
    }

    @Override
    public SortedSet<String> ids() {
        return new TreeSet<>(List.of(ID));
    }
}
