package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Runs recorded series through a gate, look by look, with the very code that runs live. The file has the header
 * {@code time,series,track,value}; see {@link CsvSeries}. Samples before the start are history.
 */
public final class CsvReplay {

    private static final String SOURCE = "csv";

    private final Analysis analysis;
    private final CsvSeries series;

    private CsvReplay(Analysis analysis, CsvSeries series) {
        this.analysis = analysis;
        this.series = series;
    }

    /**
     * Reads a file.
     *
     * @throws IOException naming the file and the first line that is not in the format
     */
    public static CsvReplay read(Analysis analysis, Path file) throws IOException {
        return new CsvReplay(analysis, CsvSeries.read(file));
    }

    /**
     * Replays until a verdict.
     *
     * @param start the moment of the deployment, or {@code null} when everything in the file came after it; a file that
     *     {@link SamplesCsv} made says it itself
     * @return the gate's last status; a file that ends before a verdict ends like a gate after its last look
     */
    public GateStatus run(Instant start) throws InterruptedException {
        return gate(start).status();
    }

    /** As {@link #run}, but returns the ended gate with its samples. */
    public Gate gate(Instant start) throws InterruptedException {
        SortedMap<Instant, Long> marks = series.marks();
        if (!marks.isEmpty()) {
            return marked(marks);
        }
        Instant begin = start == null ? series.first() : start;
        // the first sample at or after the start is what look 1 sees
        Instant first = series.firstSince(begin);
        if (first == null) {
            first = begin;
        }
        Duration interval = analysis.interval();
        Instant zero = first.minus(interval);
        ReplayClock clock = new ReplayClock(zero);
        Gate gate = begin(clock);
        Instant end = series.last().plus(interval.dividedBy(2));
        while (!gate.status().isEnded()) {
            if (gate.status().nextLook().isAfter(end)) {
                gate.endNow();
            } else {
                clock.now = gate.status().nextLook();
                gate.look();
            }
        }
        return gate;
    }

    /**
     * A gate's own samples say when it looked: looks that it slept through are none here either, and looks that a
     * person gave it it has here, too.
     */
    private Gate marked(SortedMap<Instant, Long> marks) throws InterruptedException {
        Instant first = marks.firstKey();
        ReplayClock clock = new ReplayClock(first.minus(analysis.interval().multipliedBy(marks.get(first))));
        Gate gate = begin(clock);
        gate.extendTo(marks.size());
        for (Instant at : marks.keySet()) {
            clock.now = at;
            gate.look();
        }
        gate.endNow();
        return gate;
    }

    /** Starts the gate at the clock's moment; what is in the file before one interval later is history. */
    private Gate begin(ReplayClock clock) throws InterruptedException {
        Duration interval = analysis.interval();
        Duration before = Duration.between(series.first(), clock.now);
        // history in the file counts even when the analysis asks for none: it was given on purpose
        Analysis replayed = analysis.forReplay(SOURCE, before.isNegative() ? Duration.ZERO : before.plus(interval));
        MetricSource source = new CsvSource(SOURCE, series, interval, clock.now.plus(interval));
        Gate gate = Gate.start(replayed, new OneSource(source), clock, milliseconds -> {});
        gate.look();
        return gate;
    }

    /** A clock that stands still until the replay moves it. */
    private static final class ReplayClock extends Clock {
        private Instant now;

        ReplayClock(Instant now) {
            this.now = now;
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

    private record OneSource(MetricSource source) implements MetricSources {
        @Override
        public Optional<MetricSource> find(String id) {
            return Optional.of(source);
        }

        @Override
        public SortedSet<String> ids() {
            return new TreeSet<>(List.of(source.id()));
        }
    }
}
