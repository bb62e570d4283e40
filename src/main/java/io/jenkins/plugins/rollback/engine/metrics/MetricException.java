package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A metric server did not give an answer that can be used. The message names its id and status, never a secret. */
public class MetricException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final Duration retryAfter;

    /** @param retryable whether the same question may get an answer later (a timeout, a 503), or never (a bad query) */
    public MetricException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        retryAfter = Duration.ZERO;
    }

    /** @param retryAfter how long the server wants us to wait before we ask again; zero when it does not say */
    public MetricException(String message, Duration retryAfter) {
        super(message);
        retryable = true;
        this.retryAfter = retryAfter;
    }

    /**
     * Several series where one is needed.
     *
     * @param said what the server did so far, {@code "metric server 'prom' answered HTTP 200 with"}
     * @param series the labels of each
     */
    public static MetricException severalSeries(String said, List<Labels> series, String query) {
        return new MetricException(
                said + " " + series.size() + " series where one is needed; they differ in " + Labels.difference(series)
                        + "; add a matcher or an aggregation such as sum() to: " + query,
                false,
                null);
    }

    public boolean isRetryable() {
        return retryable;
    }

    /** How long the server wants us to wait before we ask again; zero when it does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
