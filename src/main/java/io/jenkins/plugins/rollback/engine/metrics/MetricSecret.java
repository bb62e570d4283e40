package io.jenkins.plugins.rollback.engine.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What an administrator's credential holds. Never shown: {@link #toString} has none of it.
 *
 * @param user the user name, or {@code null} when the credential is a single text (a token, a key, a file)
 * @param secret the password or that text
 */
public record MetricSecret(String user, String secret) {

    /** The usual {@code Authorization} header: a bearer token, or basic authentication in UTF-8 (RFC 6750, RFC 7617). */
    public String authorization() {
        return user == null
                ? "Bearer " + secret
                : "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "MetricSecret";
    }
}
