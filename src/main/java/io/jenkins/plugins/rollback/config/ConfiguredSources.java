package io.jenkins.plugins.rollback.config;

import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The metric servers of the global configuration, as it is at the moment of each question. */
final class ConfiguredSources implements MetricSources {

    @Override
    public Optional<MetricSource> find(String id) {
        return RollbackConfiguration.get().getMetricSources().stream()
                .filter(source -> source.getId().equals(id))
                .findFirst()
                .map(Stores::metricSource);
    }

    @Override
    public SortedSet<String> ids() {
        return RollbackConfiguration.get().getMetricSources().stream()
                .map(MetricSourceConfig::getId)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
