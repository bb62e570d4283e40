package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.Labels;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import okhttp3.HttpUrl;

/**
 * Graphite's <a href="https://graphite.readthedocs.io/en/stable/render_api.html">render API</a>: the query is a
 * {@code target}. Its spans leave their start out and include their end; its points are stamped with the start of their
 * time.
 */
final class GraphiteApi implements SeriesApi {

    private final JsonServer server;
    private final HttpUrl base;

    GraphiteApi(JsonServer server, HttpUrl base) {
        this.server = server;
        this.base = base;
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        JsonNode body = server.json(Requests.get(
                base,
                "render",
                "target",
                query,
                "format",
                "json",
                "from",
                Long.toString(from.getEpochSecond() - 1),
                "until",
                Long.toString(to.getEpochSecond())));
        if (!body.isArray()) {
            throw server.strange();
        }
        List<Series> all = new ArrayList<>();
        for (JsonNode one : body) {
            List<Series.Point> points = new ArrayList<>();
            for (JsonNode point : one.path("datapoints")) {
                Double value = server.number(point.path(0));
                if (value != null) {
                    points.add(
                            new Series.Point(Instant.ofEpochSecond(point.path(1).asLong()), value));
                }
            }
            SortedMap<String, String> labels = new TreeMap<>();
            labels.put("target", one.path("target").asText());
            all.add(new Series(new Labels(labels), points));
        }
        return all;
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        server.json(Requests.get(
                base, "render", "target", "constantLine(1)", "format", "json", "from", "-1min", "until", "now"));
    }
}
