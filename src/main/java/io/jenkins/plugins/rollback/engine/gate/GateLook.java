package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the metric servers for one metric: at one look, or for its history. The baseline is the track beside the canary, the
 * same time on earlier days, or what was recorded.
 */
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
            baseline = analysis.daysAgo().isEmpty()
                    ? side(metric, MetricQuery.BASELINE, at, notes, nan)
                    : earlier(metric, at, notes, nan);
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

    private double[] earlier(Metric metric, Instant at, List<String> notes, boolean[] nan)
            throws MetricException, InterruptedException {
        List<double[]> days = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        boolean[] missingNan = new boolean[1];
        for (int day : analysis.daysAgo()) {
            List<String> why = new ArrayList<>();
            days.add(side(metric, MetricQuery.BASELINE, at.minus(Duration.ofDays(day)), why, missingNan));
            why.forEach(one -> missing.add(day + " days earlier: " + one));
        }
        double[] mean = EarlierDays.mean(days, metric.kind() == MetricKind.RATIO);
        if (Double.isNaN(mean[0])) {
            notes.addAll(missing);
            nan[0] |= missingNan[0];
        }
        return mean;
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
        Map<Long, double[]> canary = past(metric, track, from, start);
        Map<Long, double[]> baseline = analysis.daysAgo().isEmpty()
                ? past(metric, MetricQuery.BASELINE, from, start)
                : earlierPast(metric, from, start);
        List<Sample> samples = new ArrayList<>();
        double[] nothing = {Double.NaN, metric.kind() == MetricKind.RATIO ? Double.NaN : 1};
        for (long slot = -points - 1; slot < 0; slot++) {
            double[] one = canary.getOrDefault(slot, nothing);
            double[] other = baseline.getOrDefault(slot, nothing);
            if (!Double.isNaN(one[1]) && !Double.isNaN(other[1]) && !(Double.isNaN(one[0]) && Double.isNaN(other[0]))) {
                samples.add(new Sample(slot, one[0], one[1], other[0], other[1]));
            }
        }
        return samples;
    }

    /** Value and total of a track before {@code start}, by slot. */
    private Map<Long, double[]> past(Metric metric, String side, Instant from, Instant start)
            throws MetricException, InterruptedException {
        double step = analysis.interval().toMillis();
        double total = metric.kind() == MetricKind.RATIO ? Double.NaN : 1;
        Map<Long, double[]> pairs = new HashMap<>();
        List<MetricQuery> queries = metric.queries();
        for (int i = 0; i < queries.size(); i++) {
            for (Reading reading : asker.range(queries.get(i), side, from, start, analysis.interval())) {
                long slot = Math.round((reading.at().toEpochMilli() - start.toEpochMilli()) / step) - 1;
                pairs.computeIfAbsent(slot, key -> new double[] {Double.NaN, total})[i] = reading.value();
            }
        }
        return pairs;
    }

    private Map<Long, double[]> earlierPast(Metric metric, Instant from, Instant start)
            throws MetricException, InterruptedException {
        Map<Long, List<double[]>> days = new HashMap<>();
        for (int day : analysis.daysAgo()) {
            Duration ago = Duration.ofDays(day);
            past(metric, MetricQuery.BASELINE, from.minus(ago), start.minus(ago))
                    .forEach((slot, pair) ->
                            days.computeIfAbsent(slot, key -> new ArrayList<>()).add(pair));
        }
        Map<Long, double[]> means = new HashMap<>();
        days.forEach((slot, pairs) -> means.put(slot, EarlierDays.mean(pairs, metric.kind() == MetricKind.RATIO)));
        return means;
    }
}
