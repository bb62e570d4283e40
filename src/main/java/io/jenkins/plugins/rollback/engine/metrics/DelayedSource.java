package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A server whose data are complete only some time later: every question is put as of then. Looks are later by as much as
 * the server needs, on both tracks alike, instead of finding nothing or half of it.
 */
public final class DelayedSource implements MetricSource {

    private final MetricSource source;
    private final Duration delay;

    /** @param delay after which a value does not change any more */
    public DelayedSource(MetricSource source, Duration delay) {
        this.source = source;
        this.delay = delay;
    }

    @Override
    public String id() {
        return source.id();
    }

    @Override
    public Reading read(String query, Instant at) throws MetricException, InterruptedException {
        return moved(source.read(query, at.minus(delay)), at);
    }

    @Override
    public Reading read(String query, Instant at, Duration interval) throws MetricException, InterruptedException {
        return moved(source.read(query, at.minus(delay), interval), at);
    }

    @Override
    public List<Reading> range(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        return source.range(query, from.minus(delay), to.minus(delay), step).stream()
                .map(reading -> moved(reading, reading.at().plus(delay)))
                .toList();
    }

    @Override
    public void probe() throws IOException, InterruptedException {
        source.probe();
    }

    private static Reading moved(Reading reading, Instant at) {
        return new Reading(at, reading.value(), reading.note(), reading.nan());
    }
}
