package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;

/**
 * What proves to a metric server that we may ask. Looked up anew for every request, so that a rotated secret is used at
 * once and none lies in memory longer than needed. Its value never appears in a message.
 */
@FunctionalInterface
public interface MetricCredentials {

    /** For servers that ask for nothing. */
    MetricCredentials NONE = () -> null;

    /**
     * The secret as it is now, or {@code null} for none.
     *
     * @throws IOException when the secret cannot be had (for example deleted); the message must not hold a secret
     */
    MetricSecret read() throws IOException;

    /** A single text: a bearer token, an API key. */
    static MetricCredentials bearer(String token) {
        return () -> new MetricSecret(null, token);
    }

    /** User and password. */
    static MetricCredentials basic(String user, String password) {
        return () -> new MetricSecret(user, password);
    }
}
