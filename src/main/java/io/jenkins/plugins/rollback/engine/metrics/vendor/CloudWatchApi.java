package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.Labels;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Amazon CloudWatch: <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html">GetMetricData</a> by the
 * AWS JSON 1.0 protocol. A query is a metric-math or SEARCH expression, a {@code MetricStat} as a JSON object, or a list of
 * {@code MetricDataQueries} as a JSON array, of which one returns data; periods that it leaves out are the interval.
 */
final class CloudWatchApi implements SeriesApi {

    private static final String TARGET = "GraniteServiceVersion20100801.GetMetricData";

    /** What a period may be below a minute. */
    private static final int[] SHORT_PERIODS = {1, 5, 10, 20, 30};

    /** More pages than any one series has. */
    private static final int MOST_PAGES = 20;

    private final JsonServer server;
    private final HttpUrl base;
    private final Clock clock;

    CloudWatchApi(JsonServer server, HttpUrl base, Clock clock) {
        this.server = server;
        this.base = base;
        this.clock = clock;
    }

    /** {@code __type} is the name of the error, sometimes behind a namespace; throttling is a 400. */
    static JsonServer.Trouble trouble(JsonNode body) {
        if (!body.has("__type") && !body.has("message") && !body.has("Message")) {
            return null;
        }
        String type = body.path("__type").asText("");
        String kind = type.substring(type.indexOf('#') + 1);
        String text = body.path("message").asText(body.path("Message").asText(""));
        return new JsonServer.Trouble(kind, text, kind.startsWith("Throttling") || kind.contains("LimitExceeded"));
    }

    @Override
    public Duration step(Duration wanted) {
        for (int period : SHORT_PERIODS) {
            if (wanted.toMillis() <= period * 1000L) {
                return Duration.ofSeconds(period);
            }
        }
        return Steps.ceiling(wanted, Duration.ofMinutes(1));
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        ObjectNode ask = JsonServer.JSON
                .createObjectNode()
                .put("StartTime", from.getEpochSecond())
                .put("EndTime", to.getEpochSecond())
                .put("ScanBy", "TimestampAscending");
        ask.set("MetricDataQueries", queries(query, (int) step.toSeconds()));
        Map<String, Series> series = new LinkedHashMap<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode body = server.json(request(ask));
            if (!body.path("MetricDataResults").isArray()) {
                throw server.strange();
            }
            for (JsonNode result : body.path("MetricDataResults")) {
                add(result, series);
            }
            if (!body.hasNonNull("NextToken")) {
                break;
            }
            ask.set("NextToken", body.get("NextToken"));
        }
        return List.copyOf(series.values());
    }

    /** Pages of one series carry the same id and label. */
    private void add(JsonNode result, Map<String, Series> series) throws MetricException {
        JsonNode message = result.path("Messages").path(0);
        String status = result.path("StatusCode").asText();
        if (status.equals("InternalError") || status.equals("Forbidden")) {
            throw new MetricException(
                    "metric server '" + server.id() + "' answered HTTP 200 (" + status + "): "
                            + message.path("Value").asText("without a reason"),
                    status.equals("InternalError"),
                    null);
        }
        String label = result.path("Label").asText();
        String id = result.path("Id").asText();
        Series one = series.computeIfAbsent(
                id + " " + label,
                key -> new Series(new Labels(new TreeMap<>(Map.of("Id", id, "Label", label))), new ArrayList<>()));
        for (int i = 0; i < result.path("Timestamps").size(); i++) {
            Double value = server.number(result.path("Values").path(i));
            if (value != null) {
                one.points().add(new Series.Point(time(result.path("Timestamps").path(i)), value));
            }
        }
    }

    /** Seconds since the epoch, which the protocol writes as a number with or without an exponent. */
    private static Instant time(JsonNode seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.asDouble() * 1000));
    }

    private ArrayNode queries(String query, int period) throws MetricException {
        String text = query.strip();
        ArrayNode queries = JsonServer.JSON.createArrayNode();
        try {
            if (text.startsWith("[")) {
                JsonServer.JSON.readTree(text).forEach(queries::add);
            } else if (text.startsWith("{")) {
                queries.addObject().put("Id", "q").set("MetricStat", JsonServer.JSON.readTree(text));
            } else {
                queries.addObject().put("Id", "q").put("Expression", text);
            }
        } catch (JsonProcessingException e) {
            throw new MetricException(
                    "metric server '" + server.id() + "': the query begins like JSON and is none: " + query,
                    false,
                    null);
        }
        for (JsonNode one : queries) {
            JsonNode holder = one.path("MetricStat").isObject() ? one.path("MetricStat") : one;
            if (holder instanceof ObjectNode object && !object.has("Period")) {
                object.put("Period", period);
            }
        }
        return queries;
    }

    private Request request(JsonNode body) {
        return Requests.post(base, body.toString(), "application/x-amz-json-1.0")
                .newBuilder()
                .header("X-Amz-Target", TARGET)
                .build();
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        Duration minute = Duration.ofMinutes(1);
        Instant now = Steps.floor(clock.instant(), minute);
        String nothing = "{'Metric': {'Namespace': 'release-rollback', 'MetricName': 'probe'}, 'Stat': 'Sum'}";
        series(nothing.replace('\'', '"'), now.minus(minute), now, minute);
    }
}
