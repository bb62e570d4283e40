package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.HttpPage;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes looks and history of a vendor's series. Time is cut into intervals on the epoch's grid, as these vendors do, and a
 * look gets the newest interval that was over at its moment: never half of one, and never the same one twice. Where an
 * interval has several points, its newest counts; where it has none, there is no data, whatever came before.
 */
public final class SeriesSource implements MetricSource {

    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

    private final String id;
    private final SeriesApi api;

    /** @param id what analysis files call it */
    SeriesSource(String id, SeriesApi api) {
        this.id = Names.require("metric server", id);
        this.api = api;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Reading read(String query, Instant at) throws MetricException, InterruptedException {
        return read(query, at, ONE_MINUTE);
    }

    @Override
    public Reading read(String query, Instant at, Duration interval) throws MetricException, InterruptedException {
        Duration step = api.step(interval);
        Instant to = Steps.floor(at, step);
        Instant from = to.minus(step);
        Series series = one(api.series(query, from, to, step), query);
        if (series == null) {
            return Reading.noData(at, "metric server '" + id + "' (HTTP 200) has no series for: " + query);
        }
        Series.Point newest = null;
        for (Series.Point point : series.points()) {
            boolean within = !point.at().isBefore(from) && point.at().isBefore(to);
            if (within && (newest == null || point.at().isAfter(newest.at()))) {
                newest = point;
            }
        }
        if (newest == null) {
            return Reading.noData(
                    at,
                    "metric server '" + id + "' (HTTP 200) has no point between " + from + " and " + to + " for: "
                            + query);
        }
        if (!Double.isFinite(newest.value())) {
            return Reading.notANumber(
                    at, "metric server '" + id + "' answered HTTP 200 with " + newest.value() + ", no number");
        }
        return Reading.of(at, newest.value());
    }

    @Override
    public List<Reading> range(String query, Instant from, Instant to, Duration interval)
            throws MetricException, InterruptedException {
        Duration step = api.step(interval);
        Instant end = Steps.floor(to, step);
        // a reading is of the end of its interval, counted back from the moment that was asked for
        Duration shift = Duration.between(end, to);
        TreeMap<Instant, Series.Point> newest = new TreeMap<>();
        Duration part = step.multipliedBy(api.mostPoints());
        for (Instant start = Steps.floor(from, step); start.isBefore(end); start = start.plus(part)) {
            Instant stop = start.plus(part).isBefore(end) ? start.plus(part) : end;
            Series series = one(api.series(query, start, stop, step), query);
            for (Series.Point point : series == null ? List.<Series.Point>of() : series.points()) {
                if (!point.at().isBefore(start) && point.at().isBefore(stop)) {
                    newest.merge(
                            Steps.floor(point.at(), step).plus(step),
                            point,
                            (one, other) -> one.at().isAfter(other.at()) ? one : other);
                }
            }
        }
        List<Reading> readings = new ArrayList<>();
        newest.forEach((at, point) -> {
            if (Double.isFinite(point.value())) {
                readings.add(Reading.of(at.plus(shift), point.value()));
            }
        });
        return readings;
    }

    @Override
    public void probe() throws MetricException, InterruptedException {
        api.probe();
    }

    private Series one(List<Series> all, String query) throws MetricException {
        if (all.size() > 1) {
            throw MetricException.severalSeries(
                    "metric server '" + id + "' answered HTTP 200 with",
                    all.stream().map(Series::labels).toList(),
                    HttpPage.excerpt(query));
        }
        return all.isEmpty() ? null : all.get(0);
    }
}
