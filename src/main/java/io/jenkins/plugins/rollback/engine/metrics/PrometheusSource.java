package io.jenkins.plugins.rollback.engine.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * A Prometheus server, or whatever speaks its <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">HTTP
 * API v1</a> (VictoriaMetrics, Thanos, Mimir, Google Cloud).
 */
public final class PrometheusSource implements MetricSource {

    /** Prometheus refuses a range of more than 11,000 points; so do we, before asking. */
    static final int MAX_POINTS = 11_000;

    private final String id;
    private final HttpUrl base;
    private final String tenant;
    private final JsonServer server;

    /**
     * @param id what analysis files call it
     * @param url the server's address, with the path prefix when it has one: {@code http://prometheus:9090}
     * @throws IllegalArgumentException when the URL is none, or holds a user and password (they belong in credentials)
     */
    public PrometheusSource(String id, String url, MetricCredentials credentials, HttpLimits limits) {
        this(id, url, null, ServerAccess.of(credentials, limits), RequestSigner.AUTHORIZATION);
    }

    /**
     * @param tenant what Mimir, Cortex and Thanos want in {@code X-Scope-OrgID}, or {@code null}
     * @param signer how the server wants to see the secret
     * @throws IllegalArgumentException as the other constructor
     */
    public PrometheusSource(String id, String url, String tenant, ServerAccess access, RequestSigner signer) {
        this.id = Names.require("metric server", id);
        base = MetricUrls.parse(id, url);
        this.tenant = tenant;
        server = new JsonServer(id, "Prometheus", new HttpPage(id, access, signer), PrometheusSource::trouble);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read(String query, Instant at) throws MetricException, InterruptedException {
        JsonNode data = ask("api/v1/query", "query", query, "time", seconds(at));
        String type = data.path("resultType").asText();
        JsonNode result = data.path("result");
        if (type.equals("scalar")) {
            return reading(at, result.path(1).asText());
        }
        if (!type.equals("vector")) {
            throw new MetricException(
                    "metric server '" + id + "' answered HTTP 200 with a " + HttpPage.excerpt(type)
                            + ", but one value is needed; the query was: " + query,
                    false,
                    null);
        }
        requireOneSeries(result, query);
        if (result.isEmpty()) {
            return Reading.noData(at, "metric server '" + id + "' (HTTP 200) has no series for: " + query);
        }
        return reading(at, result.path(0).path("value").path(1).asText());
    }

    @Override
    public List<Reading> range(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        long points = Duration.between(from, to).toMillis() / Math.max(1, step.toMillis()) + 1;
        if (points > MAX_POINTS) {
            throw new MetricException(
                    "metric server '" + id + "': " + points + " points asked, at most " + MAX_POINTS + " are given",
                    false,
                    null);
        }
        JsonNode data = ask(
                "api/v1/query_range",
                "query",
                query,
                "start",
                seconds(from),
                "end",
                seconds(to),
                "step",
                String.format(Locale.ROOT, "%.3f", step.toMillis() / 1000.0));
        JsonNode result = data.path("result");
        requireOneSeries(result, query);
        List<Reading> readings = new ArrayList<>();
        for (JsonNode point : result.path(0).path("values")) {
            Instant at = Instant.ofEpochMilli(Math.round(point.path(0).asDouble() * 1000));
            Reading reading = reading(at, point.path(1).asText());
            if (reading.hasData()) {
                readings.add(reading);
            }
        }
        return readings;
    }

    @Override
    public void probe() throws IOException, InterruptedException {
        ask("api/v1/query", "query", "vector(1)");
    }

    /** Asks, and returns the {@code data} of a successful answer. */
    private JsonNode ask(String path, String... parameters) throws MetricException, InterruptedException {
        HttpUrl.Builder url = base.newBuilder().addPathSegments(path);
        for (int i = 0; i < parameters.length; i += 2) {
            url.addQueryParameter(parameters[i], parameters[i + 1]);
        }
        Request.Builder request = new Request.Builder().url(url.build()).header("Accept", "application/json");
        if (tenant != null) {
            request.header("X-Scope-OrgID", tenant);
        }
        JsonNode body = server.json(request.build());
        if (!body.path("data").path("result").isArray()) {
            throw server.strange();
        }
        return body.path("data");
    }

    private static JsonServer.Trouble trouble(JsonNode body) {
        if ("success".equals(body.path("status").asText())) {
            return null;
        }
        JsonNode error = body.path("error");
        String kind = body.path("errorType").asText("");
        if (error.isObject()) { // not Prometheus' own: Google's front end
            return new JsonServer.Trouble(
                    error.path("status").asText(""), error.path("message").asText(""), false);
        }
        return new JsonServer.Trouble(kind, error.asText(""), kind.equals("timeout") || kind.equals("unavailable"));
    }

    private Reading reading(Instant at, String value) throws MetricException {
        double number = server.number(value);
        if (!Double.isFinite(number)) {
            return Reading.notANumber(
                    at, "metric server '" + id + "' answered HTTP 200 with " + HttpPage.excerpt(value) + ", no number");
        }
        return Reading.of(at, number);
    }

    private void requireOneSeries(JsonNode result, String query) throws MetricException {
        if (result.size() > 1) {
            List<Labels> series = new ArrayList<>();
            result.forEach(one -> series.add(Labels.of(one.path("metric"))));
            throw MetricException.severalSeries("metric server '" + id + "' answered HTTP 200 with", series, query);
        }
    }

    private static String seconds(Instant at) {
        return String.format(Locale.ROOT, "%.3f", at.toEpochMilli() / 1000.0);
    }
}
