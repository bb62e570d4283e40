package io.jenkins.plugins.rollback.engine.metrics;

import okhttp3.HttpUrl;

/** What an administrator may enter as a metric server's address. */
public final class MetricUrls {

    private MetricUrls() {}

    /** @throws IllegalArgumentException when it is no http or https URL or carries a user and password */
    public static HttpUrl parse(String id, String url) {
        HttpUrl parsed = url == null ? null : HttpUrl.parse(url.strip());
        if (parsed == null) {
            throw new IllegalArgumentException("metric server '" + id + "': its address is no http or https URL");
        }
        if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            // the URL is shown in forms and logs
            throw new IllegalArgumentException(
                    "metric server '" + id + "': its URL holds a user or password; use credentials instead");
        }
        return parsed;
    }
}
