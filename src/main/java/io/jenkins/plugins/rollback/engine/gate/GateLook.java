package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the metric servers for one metric: at one look, or for its history. */
final class GateLook {

    /** History is read in steps of the interval, as the looks are; longer ones are cut to the latest part. */
    private static final int MOST_HISTORY = 1000;

    private final Analysis analysis;
    private final Asker asker;
    private final RecordedBaseline recorded;
    private final String track;

    /**
     * @param recorded what stands in for the baseline, or {@code null} for the baseline track itself
     * @param track the track that is judged
     */
    GateLook(Analysis analysis, Asker asker, RecordedBaseline recorded, String track) {
        this.analysis = analysis;
        this.asker = asker;
        this.recorded = recorded;
        this.track = track;
    }

    /**
     * What both tracks answered.
     *
     * @param why what is missing and why, or {@code null}
     * @param nan whether something was answered with NaN
     */
    record Answers(Sample sample, String why, boolean nan) {}

    Answers ask(Metric metric, long slot, Instant at) throws MetricException, InterruptedException {
        List<String> notes = new ArrayList<>();
        boolean[] nan = new boolean[1];
        double[] canary = side(metric, track, at, notes, nan);
        double[] baseline;
        if (!analysis.judge().asksBaseline(metric)) {
            baseline = new double[] {Double.NaN, Double.NaN};
        } else if (recorded == null) {
            baseline = side(metric, MetricQuery.BASELINE, at, notes, nan);
        } else {
            baseline = recorded.row(metric.name(), slot - 1);
            if (baseline == null) {
                notes.add("no recorded baseline for it");
                baseline = new double[] {Double.NaN, Double.NaN};
            }
        }
        Sample sample = new Sample(slot, canary[0], canary[1], baseline[0], baseline[1]);
        return new Answers(sample, notes.isEmpty() ? null : String.join("; ", notes), nan[0]);
    }

    private double[] side(Metric metric, String track, Instant at, List<String> notes, boolean[] nan)
            throws MetricException, InterruptedException {
        double[] values = {Double.NaN, 1};
        List<MetricQuery> queries = metric.queries();
        for (int i = 0; i < queries.size(); i++) {
            Reading reading = asker.read(queries.get(i), track, at);
            values[i] = reading.value();
            if (!reading.hasData()) {
                boolean bad = queries.get(i) == metric.bad();
                notes.add(track + " has no data" + (reading.note() == null ? "" : ": " + reading.note())
                        + (bad && !reading.nan() ? " (if there simply was none, add 'or vector(0)')" : ""));
                nan[0] |= reading.nan();
                values[1] = reading.nan() ? Double.NaN : values[1];
            }
        }
        return values;
    }

    /** The pairs from before the gate's start; slots are negative. Empty where a source has no memory. */
    List<Sample> history(Metric metric, Instant start) throws MetricException, InterruptedException {
        long step = analysis.interval().toMillis();
        long points = Math.min(MOST_HISTORY, analysis.history().toMillis() / step);
        if (points == 0 || recorded != null) {
            return List.of();
        }
        Instant from = start.minusMillis(points * step);
        List<Map<Long, Double>> series = new ArrayList<>();
        for (String side : new String[] {track, MetricQuery.BASELINE}) {
            for (MetricQuery query : metric.queries()) {
                Map<Long, Double> bySlot = new HashMap<>();
                for (Reading reading : asker.range(query, side, from, start, analysis.interval())) {
                    long slot = Math.round((reading.at().toEpochMilli() - start.toEpochMilli()) / (double) step) - 1;
                    bySlot.put(slot, reading.value());
                }
                series.add(bySlot);
            }
        }
        List<Sample> samples = new ArrayList<>();
        boolean ratio = metric.kind() == MetricKind.RATIO;
        for (long slot = -points - 1; slot < 0; slot++) {
            double canary = series.get(0).getOrDefault(slot, Double.NaN);
            double canaryOf = ratio ? series.get(1).getOrDefault(slot, Double.NaN) : 1;
            double baseline = series.get(ratio ? 2 : 1).getOrDefault(slot, Double.NaN);
            double baselineOf = ratio ? series.get(3).getOrDefault(slot, Double.NaN) : 1;
            if (!Double.isNaN(canaryOf)
                    && !Double.isNaN(baselineOf)
                    && !(Double.isNaN(canary) && Double.isNaN(baseline))) {
                samples.add(new Sample(slot, canary, canaryOf, baseline, baselineOf));
            }
        }
        return samples;
    }
}
