package io.jenkins.plugins.rollback.engine.metrics;

import java.util.Optional;
import java.util.SortedSet;

/** The metric servers that administrators defined. */
public interface MetricSources {

    Optional<MetricSource> find(String id);

    /** For error messages. */
    SortedSet<String> ids();
}
