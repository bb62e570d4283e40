package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/** A metric server "prom" whose answers are a function of query and time, and a clock that tests move. */
final class FakeMetrics extends Clock implements MetricSources, MetricSource {

    /** A level between 50 and 150 that depends on query and time alone; {@code factor} times as high on the canary. */
    static double noisy(long seed, String query, long time, double factor) {
        Random random = new Random(seed * 31 + time + query.hashCode());
        random.nextDouble();
        return (query.endsWith("canary") ? factor : 1) * (50 + 100 * random.nextDouble());
    }

    interface Answer {
        /** NaN for no data. */
        double at(String query, Instant at) throws MetricException;
    }

    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    Instant now = START;
    Answer answer;
    Answer past = (query, at) -> Double.NaN;
    final List<String> asked = new ArrayList<>();

    FakeMetrics(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Reading read(String query, Instant at) throws MetricException {
        asked.add(query + "@" + Duration.between(START, at).toSeconds());
        double value = answer.at(query, at);
        return Double.isNaN(value) ? Reading.noData(at, "nothing for " + query) : Reading.of(at, value);
    }

    @Override
    public List<Reading> range(String query, Instant from, Instant to, Duration step) throws MetricException {
        List<Reading> readings = new ArrayList<>();
        for (Instant at = from; !at.isAfter(to); at = at.plus(step)) {
            double value = past.at(query, at);
            if (!Double.isNaN(value)) {
                readings.add(Reading.of(at, value));
            }
        }
        return readings;
    }

    @Override
    public void probe() {}

    @Override
    public String id() {
        return "prom";
    }

    @Override
    public Optional<MetricSource> find(String id) {
        return id.equals("prom") ? Optional.of(this) : Optional.empty();
    }

    @Override
    public SortedSet<String> ids() {
        return new TreeSet<>(List.of("prom"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
