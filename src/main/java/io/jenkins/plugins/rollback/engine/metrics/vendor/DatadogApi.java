package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.Labels;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSecret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Datadog's <a href="https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points">query of time series</a>
 * (v1). Points are stamped in milliseconds with the start of their interval, which {@code .rollup(sum, 60)} in the query
 * chooses.
 */
final class DatadogApi implements SeriesApi {

    private final JsonServer server;
    private final HttpUrl base;
    private final Clock clock;

    DatadogApi(JsonServer server, HttpUrl base, Clock clock) {
        this.server = server;
        this.base = base;
        this.clock = clock;
    }

    /** Two keys: the user name is the API key, the password the application key. */
    static Request sign(Request request, MetricSecret secret) throws IOException {
        if (secret.user() == null) {
            throw new IOException("Datadog wants two keys: a user name (API key) with a password (application key)");
        }
        return request.newBuilder()
                .header("DD-API-KEY", secret.user())
                .header("DD-APPLICATION-KEY", secret.secret())
                .build();
    }

    /** {@code errors} with a status of 4xx; {@code error} with {@code status: error} within HTTP 200. */
    static JsonServer.Trouble trouble(JsonNode body) {
        if (body.path("errors").isArray()) {
            List<String> texts = new ArrayList<>();
            body.path("errors").forEach(error -> texts.add(error.asText()));
            return JsonServer.Trouble.of(String.join("; ", texts));
        }
        boolean error = "error".equals(body.path("status").asText())
                || !body.path("error").asText("").isEmpty();
        return error ? JsonServer.Trouble.of(body.path("error").asText("")) : null;
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        JsonNode all = server.json(Requests.get(
                        base,
                        "api/v1/query",
                        "from",
                        Long.toString(from.getEpochSecond()),
                        "to",
                        Long.toString(to.getEpochSecond()),
                        "query",
                        query))
                .path("series");
        if (!all.isArray()) {
            throw server.strange();
        }
        List<Series> series = new ArrayList<>();
        for (JsonNode one : all) {
            List<Series.Point> points = new ArrayList<>();
            for (JsonNode point : one.path("pointlist")) {
                Double value = server.number(point.path(1));
                if (value != null) {
                    points.add(
                            new Series.Point(Instant.ofEpochMilli(point.path(0).asLong()), value));
                }
            }
            series.add(new Series(labels(one), points));
        }
        return series;
    }

    /** The tags of {@code scope}: {@code host:a,env:prod}. */
    private static Labels labels(JsonNode series) {
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put("metric", series.path("metric").asText());
        for (String tag : series.path("scope").asText().split(",")) {
            int colon = tag.indexOf(':');
            labels.put(colon < 0 ? tag : tag.substring(0, colon), colon < 0 ? "" : tag.substring(colon + 1));
        }
        return new Labels(labels);
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        Instant now = clock.instant();
        series("avg:system.cpu.idle{*}", now.minusSeconds(60), now, Duration.ofMinutes(1));
    }
}
