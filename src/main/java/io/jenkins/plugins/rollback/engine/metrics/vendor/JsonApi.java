package io.jenkins.plugins.rollback.engine.metrics.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.JsonPath;
import io.jenkins.plugins.rollback.engine.metrics.JsonServer;
import io.jenkins.plugins.rollback.engine.metrics.Labels;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.model.JsonPaths;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Any server that answers JSON. Its address is the administrator's; a query only fills the gaps in it, encoded, and can
 * neither leave its path nor its parameter. Without times in the answer it knows only the present.
 */
final class JsonApi implements SeriesApi {

    /** Epoch seconds are below this for 3,000 years; what is above are milliseconds. */
    private static final double SECONDS_END = 1e11;

    private final JsonServer server;
    private final JsonTemplate template;
    private final JsonPlaces places;
    private final Clock clock;
    private final AtomicReference<Instant> newest = new AtomicReference<>(Instant.MIN);

    JsonApi(JsonServer server, HttpUrl address, JsonPlaces places, Clock clock) {
        this.server = server;
        template = new JsonTemplate(address, places.body());
        this.places = places;
        this.clock = clock;
    }

    @Override
    public List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        boolean manySteps = Duration.between(from, to).compareTo(step) > 0;
        if (places.times() == null && (manySteps || isPast(to))) {
            return List.of();
        }
        Request request;
        try {
            request = template.fill(query, from, to, step);
        } catch (IllegalArgumentException e) {
            throw new MetricException("metric server '" + server.id() + "': " + e.getMessage(), false, null);
        }
        JsonNode body = server.json(request);
        List<JsonNode> values = find(places.values(), body);
        if (values.isEmpty()) {
            return List.of();
        }
        List<JsonNode> times = places.times() == null ? null : find(places.times(), body);
        if (times == null ? values.size() > 1 : values.size() != times.size()) {
            throw new MetricException(
                    "metric server '" + server.id() + "' answered HTTP 200 with " + values.size() + " values where "
                            + (times == null ? "one is needed" : times.size() + " times are") + "; the query was: "
                            + query,
                    false,
                    null);
        }
        List<Series.Point> points = new ArrayList<>();
        Set<Instant> seen = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            Instant at = times == null ? from : time(times.get(i));
            if (!seen.add(at)) {
                // two pods' points, say: to take either would be a guess
                throw new MetricException(
                        "metric server '" + server.id() + "' answered HTTP 200 with several values for " + at
                                + " where one is needed; the query was: " + query,
                        false,
                        null);
            }
            Double value = server.number(values.get(i));
            if (value != null) {
                points.add(new Series.Point(at, value));
            }
        }
        return List.of(new Series(Labels.NONE, points));
    }

    /** Whether we asked about a later time before; an address without a time in it answers for now. */
    private boolean isPast(Instant to) {
        Instant before = newest.getAndAccumulate(to, (one, other) -> one.isAfter(other) ? one : other);
        return !template.hasTime() && to.isBefore(before);
    }

    private List<JsonNode> find(JsonPath path, JsonNode body) throws MetricException {
        JsonNode found;
        try {
            found = JsonPaths.find(path, body);
        } catch (RuntimeException e) {
            // the library's checked ways to fail are suppressed; on odd bodies it has others
            throw server.strange();
        }
        if (found == null) {
            return List.of();
        }
        List<JsonNode> all = new ArrayList<>();
        if (found.isArray()) {
            found.forEach(all::add);
        } else {
            all.add(found);
        }
        return all;
    }

    private Instant time(JsonNode time) throws MetricException {
        if (time.isNumber()) {
            double number = time.asDouble();
            return Instant.ofEpochMilli(Math.round(number < SECONDS_END ? number * 1000 : number));
        }
        try {
            return OffsetDateTime.parse(time.asText()).toInstant();
        } catch (DateTimeException e) {
            throw new MetricException(
                    "metric server '" + server.id() + "' answered HTTP 200 with a time that is neither seconds nor"
                            + " milliseconds since 1970 nor ISO 8601",
                    false,
                    null);
        }
    }

    /** Only whether it answers JSON: what a query looks like here nobody knows. */
    @Override
    public void probe() throws MetricException, InterruptedException {
        Duration minute = Duration.ofMinutes(1);
        Instant now = Steps.floor(clock.instant(), minute);
        server.json(template.fill("1", now.minus(minute), now, minute));
    }
}
