package io.jenkins.plugins.rollback.engine.gate.chart;

import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateTrail;
import io.jenkins.plugins.rollback.engine.gate.Metric;
import io.jenkins.plugins.rollback.engine.gate.Sample;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One metric at one look: what a chart draws and a table says. NaN stands for "not known".
 *
 * @param look number, from 1
 * @param slot moment in intervals since the gate's start; looks that were slept through leave gaps
 * @param at the same moment as a time
 * @param baseline value, or a ratio's share
 * @param canary as {@code baseline}
 * @param span effect and interval as the judge saw them at that look
 * @param verdict of the whole gate, if it had ended there
 */
public record LookRow(
        int look, long slot, Instant at, double baseline, double canary, GateTrail.Span span, Verdict verdict) {

    /** All looks of a gate at one of its metrics, in order. */
    public static List<LookRow> of(Gate gate, Metric metric) {
        Map<Long, Sample> samples = new HashMap<>();
        gate.samples().get(metric.name()).forEach(sample -> samples.put(sample.slot(), sample));
        int place = gate.analysis().metrics().indexOf(metric);
        List<LookRow> rows = new ArrayList<>();
        for (GateTrail.Step step : gate.trail()) {
            Sample sample = samples.get(step.slot());
            rows.add(new LookRow(
                    step.look(),
                    step.slot(),
                    gate.at(step.slot()),
                    sample == null ? Double.NaN : sample.baselineValue(),
                    sample == null ? Double.NaN : sample.canaryValue(),
                    step.spans().get(place),
                    step.verdict()));
        }
        return rows;
    }
}
