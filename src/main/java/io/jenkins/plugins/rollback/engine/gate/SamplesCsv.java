package io.jenkins.plugins.rollback.engine.gate;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A gate's samples as the file that {@link CsvReplay} takes, with its history, and with two sorts of lines that no
 * metric can be called like: {@code @look}, whose value is the slot (in intervals since the start), says that a look was
 * taken, and {@code @error.SERIES} that the metric server could not be asked at it. With them the replay comes to the
 * gate's own verdict at its own look. Not in the file: when a sample that was late arrived, and whether one that is
 * missing was answered with nothing or with NaN.
 */
public final class SamplesCsv {

    static final String LOOK = "@look";
    static final String ERROR = "@error.";

    private final Gate gate;
    private final StringBuilder out = new StringBuilder(CsvSeries.HEADER).append('\n');

    private SamplesCsv(Gate gate) {
        this.gate = gate;
    }

    /** The whole file. */
    public static String of(Gate gate) {
        SamplesCsv csv = new SamplesCsv(gate);
        gate.states().forEach(csv::history);
        SortedSet<Long> slots = new TreeSet<>();
        gate.trail().forEach(step -> slots.add(step.slot()));
        slots.forEach(slot -> csv.line(gate.at(slot), LOOK, MetricQuery.CANARY, slot));
        gate.states().forEach(csv::looks);
        return csv.out.toString();
    }

    private void history(MetricState state) {
        // the slot before the first look is that of the start
        state.history().forEach(sample -> sample(state.metric, sample, gate.at(sample.slot() + 1)));
    }

    private void looks(MetricState state) {
        state.samples().forEach(sample -> sample(state.metric, sample, gate.at(sample)));
        String first = state.metric.name() + (state.metric.bad() == null ? "" : ".bad");
        for (long slot : state.failures()) {
            line(gate.at(slot), ERROR + first, MetricQuery.CANARY, 1);
        }
    }

    private void sample(Metric metric, Sample sample, Instant at) {
        boolean ratio = metric.bad() != null;
        String series = metric.name() + (ratio ? ".bad" : "");
        line(at, series, MetricQuery.BASELINE, sample.baseline());
        line(at, series, MetricQuery.CANARY, sample.canary());
        if (ratio) {
            line(at, metric.name() + ".total", MetricQuery.BASELINE, sample.baselineOf());
            line(at, metric.name() + ".total", MetricQuery.CANARY, sample.canaryOf());
        }
    }

    private void line(Instant at, String series, String track, double value) {
        if (Double.isFinite(value)) {
            String number = value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.valueOf((long) value)
                    : String.valueOf(value);
            out.append(at)
                    .append(',')
                    .append(series)
                    .append(',')
                    .append(track)
                    .append(',')
                    .append(number)
                    .append('\n');
        }
    }
}
