package io.jenkins.plugins.rollback.config;

import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The metric servers of the global configuration, as it is at the moment of each question. A source lives as long as
 * its configuration is not changed: one that scrapes remembers what it saw.
 */
final class ConfiguredSources implements MetricSources {

    /** A source and what it was made of. */
    private record Made(MetricSourceConfig config, MetricSource source) {}

    private final Map<String, Made> made = new ConcurrentHashMap<>();

    @Override
    public Optional<MetricSource> find(String id) {
        Optional<MetricSourceConfig> config = RollbackConfiguration.get().getMetricSources().stream()
                .filter(source -> source.getId().equals(id))
                .findFirst();
        if (config.isEmpty()) {
            made.remove(String.valueOf(id));
            return Optional.empty();
        }
        Made now = made.compute(
                id,
                (key, before) -> before != null && before.config().isSameAs(config.get())
                        ? before
                        : new Made(config.get(), config.get().make()));
        return Optional.of(now.source());
    }

    @Override
    public SortedSet<String> ids() {
        return RollbackConfiguration.get().getMetricSources().stream()
                .map(MetricSourceConfig::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
