package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.Labels;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Dynatrace's <a
 * href="https://docs.dynatrace.com/docs/dynatrace-api/environment-api/metric-v2/get-data-points">metrics API v2</a>: the
 * query is a {@code metricSelector}. Points are of whole minutes and stamped with the end of their time.
 */
final class DynatraceApi implements SeriesApi {

    private final JsonServer server;
    private final HttpUrl base;
    private final Clock clock;

    DynatraceApi(JsonServer server, HttpUrl base, Clock clock) {
        this.server = server;
        this.base = base;
        this.clock = clock;
    }

    static JsonServer.Trouble trouble(JsonNode body) {
        JsonNode error = body.path("error");
        if (!error.isObject()) {
            return null;
        }
        StringBuilder text = new StringBuilder(error.path("message").asText(""));
        error.path("constraintViolations").forEach(violation -> text.append("; ")
                .append(violation.path("message").asText()));
        return JsonServer.Trouble.of(text.toString());
    }

    @Override
    public Duration step(Duration wanted) {
        return Steps.ceiling(wanted, Duration.ofMinutes(1));
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        JsonNode body = server.json(Requests.get(
                base,
                "api/v2/metrics/query",
                "metricSelector",
                query,
                "resolution",
                step.toMinutes() + "m",
                "from",
                Long.toString(from.toEpochMilli()),
                "to",
                Long.toString(to.toEpochMilli())));
        if (!body.path("result").isArray()) {
            throw server.strange();
        }
        List<Series> all = new ArrayList<>();
        for (JsonNode metric : body.path("result")) {
            for (JsonNode one : metric.path("data")) {
                List<Series.Point> points = new ArrayList<>();
                for (int i = 0; i < one.path("timestamps").size(); i++) {
                    Double value = server.number(one.path("values").path(i));
                    if (value != null) {
                        long end = one.path("timestamps").path(i).asLong();
                        points.add(new Series.Point(Instant.ofEpochMilli(end - 1), value));
                    }
                }
                all.add(new Series(Labels.of(one.path("dimensionMap")), points));
            }
        }
        return all;
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        Instant now = clock.instant();
        series(
                "builtin:host.cpu.usage:avg:merge(\"dt.entity.host\")",
                now.minusSeconds(60),
                now,
                Duration.ofMinutes(1));
    }
}
