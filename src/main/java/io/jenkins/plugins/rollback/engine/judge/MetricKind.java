package io.jenkins.plugins.rollback.engine.judge;

/** What sort of numbers a metric has, which decides how it is judged. */
public enum MetricKind {
    /** Bad events out of all events, on tracks of any size: errors per request. */
    RATIO,
    /** Events per look, on tracks that get equal shares. */
    COUNT,
    /** A level: latency, CPU, queue length. */
    GAUGE
}
