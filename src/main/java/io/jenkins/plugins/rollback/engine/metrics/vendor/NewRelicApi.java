package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * New Relic: NRQL by <a
 * href="https://docs.newrelic.com/docs/apis/nerdgraph/examples/nerdgraph-nrql-tutorial/">NerdGraph</a>. We add the time
 * ({@code SINCE ... UNTIL ... TIMESERIES}), so the query must not have one.
 */
final class NewRelicApi implements SeriesApi {

    private static final String GRAPHQL = "query($account: Int!, $nrql: Nrql!) {"
            + " actor { account(id: $account) { nrql(query: $nrql, timeout: 15) { results } } } }";

    private static final Pattern TIME = Pattern.compile("(?i)\\b(SINCE|UNTIL|TIMESERIES|COMPARE\\s+WITH)\\b");

    /** Columns of a result that are not the value. */
    private static final Set<String> NOT_VALUES = Set.of("beginTimeSeconds", "endTimeSeconds", "facet");

    private final JsonServer server;
    private final HttpUrl base;
    private final int account;
    private final Clock clock;

    /** @throws IllegalArgumentException when the account is no number */
    NewRelicApi(JsonServer server, HttpUrl base, String account, Clock clock) {
        this.server = server;
        this.base = base;
        if (!account.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("an account of New Relic is a number, not '" + account + "'");
        }
        this.account = Integer.parseInt(account);
        this.clock = clock;
    }

    /** GraphQL says errors in {@code errors}, usually within HTTP 200. */
    static JsonServer.Trouble trouble(JsonNode body) {
        JsonNode errors = body.path("errors");
        if (!errors.isArray() || errors.isEmpty()) {
            return body.has("error") ? JsonServer.Trouble.of(body.path("error").asText("")) : null;
        }
        String kind = errors.path(0).path("extensions").path("errorClass").asText("");
        boolean passing = kind.equals("TIMEOUT") || kind.equals("TOO_MANY_REQUESTS") || kind.equals("SERVER_ERROR");
        return new JsonServer.Trouble(kind, errors.path(0).path("message").asText(""), passing);
    }

    /** At most 366 buckets a question, says the reference of NRQL. */
    @Override
    public int mostPoints() {
        return 366;
    }

    @Override
    public Duration step(Duration wanted) {
        return Steps.ceiling(wanted, Duration.ofSeconds(1));
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        if (TIME.matcher(query).find()) {
            throw new MetricException(
                    "metric server '" + server.id() + "': leave SINCE, UNTIL, TIMESERIES and COMPARE WITH out, the gate"
                            + " adds the time itself; the query was: " + query,
                    false,
                    null);
        }
        JsonNode rows = nrql(query + " SINCE " + from.toEpochMilli() + " UNTIL " + to.toEpochMilli() + " TIMESERIES "
                + step.toSeconds() + " seconds");
        Map<String, List<Series.Point>> byFacet = new LinkedHashMap<>();
        for (JsonNode row : rows) {
            List<Series.Point> points =
                    byFacet.computeIfAbsent(row.path("facet").toString(), facet -> new ArrayList<>());
            Double value = server.number(value(row, query));
            if (value != null) {
                points.add(new Series.Point(
                        Instant.ofEpochSecond(row.path("beginTimeSeconds").asLong()), value));
            }
        }
        List<Series> series = new ArrayList<>();
        byFacet.forEach(
                (facet, points) -> series.add(new Series(new Labels(new TreeMap<>(Map.of("facet", facet))), points)));
        return series;
    }

    /** The only column that is a value; a percentile is an object with one. */
    private JsonNode value(JsonNode row, String query) throws MetricException {
        List<JsonNode> values = new ArrayList<>();
        row.fields().forEachRemaining(field -> {
            boolean repeatsFacet = row.has("facet") && field.getValue().equals(row.get("facet"));
            if (!NOT_VALUES.contains(field.getKey()) && !repeatsFacet) {
                values.add(field.getValue());
            }
        });
        if (values.size() == 1 && values.get(0).isObject()) {
            JsonNode inner = values.remove(0);
            inner.forEach(values::add);
        }
        if (values.size() != 1) {
            throw new MetricException(
                    "metric server '" + server.id() + "' answered HTTP 200 with " + values.size()
                            + " values a row where one is needed; select one function in: " + query,
                    false,
                    null);
        }
        return values.get(0);
    }

    private JsonNode nrql(String nrql) throws MetricException, InterruptedException {
        ObjectNode body = JsonServer.JSON.createObjectNode().put("query", GRAPHQL);
        body.putObject("variables").put("account", account).put("nrql", nrql);
        JsonNode rows = server.json(Requests.post(
                        base.newBuilder().addPathSegment("graphql").build(), body))
                .path("data")
                .path("actor")
                .path("account")
                .path("nrql")
                .path("results");
        if (!rows.isArray()) {
            throw server.strange();
        }
        return rows;
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        Instant now = clock.instant();
        nrql("SELECT count(*) FROM Metric SINCE " + now.minusSeconds(60).toEpochMilli() + " UNTIL "
                + now.toEpochMilli());
    }
}
