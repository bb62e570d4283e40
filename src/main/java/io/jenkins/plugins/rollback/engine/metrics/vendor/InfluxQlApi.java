package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.Labels;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * InfluxDB 1 (and later ones that still speak its language): <a
 * href="https://docs.influxdata.com/influxdb/v1/tools/api/#query-http-endpoint">{@code /query}</a>. The query says with
 * {@code $timeFilter} where the time belongs, and with {@code $interval} how long a group is, as in Grafana.
 */
final class InfluxQlApi implements SeriesApi {

    private final JsonServer server;
    private final HttpUrl base;
    private final String database;

    InfluxQlApi(JsonServer server, HttpUrl base, String database) {
        this.server = server;
        this.base = base;
        this.database = database;
    }

    /** {@code error} at the top with 4xx, or within a result of HTTP 200. */
    static JsonServer.Trouble trouble(JsonNode body) {
        String error = body.path("error").asText("");
        if (error.isEmpty()) {
            error = body.path("results").path(0).path("error").asText("");
        }
        if (error.isEmpty()) {
            return null;
        }
        return new JsonServer.Trouble("", error, error.contains("timeout") || error.contains("interrupted"));
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        if (!query.contains("$timeFilter")) {
            throw new MetricException(
                    "metric server '" + server.id() + "': write WHERE ... AND $timeFilter, so that it answers for the"
                            + " time of the look; the query was: " + query,
                    false,
                    null);
        }
        String filter = "time >= " + from.toEpochMilli() + "ms AND time < " + to.toEpochMilli() + "ms";
        JsonNode body = ask(query.replace("$timeFilter", filter).replace("$interval", step.toMillis() + "ms"));
        List<Series> all = new ArrayList<>();
        for (JsonNode one : body.path("results").path(0).path("series")) {
            if (one.path("columns").size() != 2
                    || !"time".equals(one.path("columns").path(0).asText())) {
                throw new MetricException(
                        "metric server '" + server.id() + "' answered HTTP 200 with the columns " + one.path("columns")
                                + " where time and one value are needed; the query was: " + query,
                        false,
                        null);
            }
            List<Series.Point> points = new ArrayList<>();
            for (JsonNode row : one.path("values")) {
                Double value = server.number(row.path(1));
                if (value != null) {
                    points.add(new Series.Point(Instant.ofEpochMilli(row.path(0).asLong()), value));
                }
            }
            all.add(new Series(Labels.of(one.path("tags")), points));
        }
        return all;
    }

    private JsonNode ask(String query) throws MetricException, InterruptedException {
        JsonNode body = server.json(Requests.get(base, "query", "db", database, "epoch", "ms", "q", query));
        if (!body.path("results").isArray()) {
            throw server.strange();
        }
        return body;
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        ask("SHOW MEASUREMENTS LIMIT 1");
    }
}
