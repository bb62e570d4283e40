package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;

/** A metric server did not give an answer that can be used. The message names its id and status, never a secret. */
public class MetricException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** @param retryable whether the same question may get an answer later (a timeout, a 503), or never (a bad query) */
    public MetricException(String message, boolean retryable, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    public boolean isRetryable() {
        return retryable;
    }
}
