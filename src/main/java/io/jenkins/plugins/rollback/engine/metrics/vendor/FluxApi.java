package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.metrics.HttpAnswer;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * InfluxDB 2: Flux by <a href="https://docs.influxdata.com/influxdb/v2/api/#operation/PostQuery">{@code
 * /api/v2/query}</a>. The query says with {@code v.timeRangeStart} and {@code v.timeRangeStop} where the time belongs, and
 * with {@code v.windowPeriod} how long a window is, as in InfluxDB's own editor.
 */
final class FluxApi implements SeriesApi {

    private final JsonServer server;
    private final HttpUrl base;
    private final String organization;

    FluxApi(JsonServer server, HttpUrl base, String organization) {
        this.server = server;
        this.base = base;
        this.organization = organization;
    }

    static JsonServer.Trouble trouble(JsonNode body) {
        return new JsonServer.Trouble(
                body.path("code").asText(""), body.path("message").asText(""), false);
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        if (!query.contains("v.timeRangeStart") || !query.contains("v.timeRangeStop")) {
            throw new MetricException(
                    "metric server '" + server.id() + "': write range(start: v.timeRangeStart, stop: v.timeRangeStop),"
                            + " so that it answers for the time of the look; the query was: " + query,
                    false,
                    null);
        }
        HttpAnswer answer = ask(query.replace("v.timeRangeStart", from.toString())
                .replace("v.timeRangeStop", to.toString())
                .replace("v.windowPeriod", step.toMillis() + "ms"));
        return new FluxTables(server, answer).series();
    }

    private HttpAnswer ask(String query) throws MetricException, InterruptedException {
        ObjectNode body = JsonServer.JSON.createObjectNode().put("query", query).put("type", "flux");
        body.putObject("dialect").put("header", true).putArray("annotations").add("group");
        HttpUrl url = base.newBuilder()
                .addPathSegments("api/v2/query")
                .addQueryParameter("org", organization)
                .build();
        Request request = Requests.post(url, body)
                .newBuilder()
                .header("Accept", "application/csv")
                .build();
        return server.text(request, "CSV");
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        new FluxTables(server, ask("buckets() |> limit(n: 1)")).rows();
    }
}
