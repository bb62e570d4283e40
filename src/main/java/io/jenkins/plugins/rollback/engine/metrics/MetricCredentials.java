package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What proves to a metric server that we may ask. Looked up anew for every request, so that a rotated secret is used at
 * once and none lies in memory longer than needed. Its value never appears in a message.
 */
@FunctionalInterface
public interface MetricCredentials {

    /** For servers that ask for nothing. */
    MetricCredentials NONE = () -> null;

    /**
     * The value of the {@code Authorization} header, or {@code null} for none.
     *
     * @throws IOException when the secret cannot be had (for example deleted); the message must not hold a secret
     */
    String authorization() throws IOException;

    /** A bearer token. */
    static MetricCredentials bearer(String token) {
        return () -> "Bearer " + token;
    }

    /** User and password, HTTP basic authentication in UTF-8. */
    static MetricCredentials basic(String user, String password) {
        return () ->
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
