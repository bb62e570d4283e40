package io.jenkins.plugins.rollback.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What both tracks answered for one metric at one look. NaN stands for "no data".
 *
 * @param slot when, in intervals since the gate's start (the first look is slot 1); history has negative slots
 * @param canary bad events, events or value on the canary
 * @param canaryOf all events on the canary, of a ratio; else 1
 * @param baseline as {@code canary}, on the baseline
 * @param baselineOf as {@code canaryOf}, on the baseline
 */
public record Sample(long slot, double canary, double canaryOf, double baseline, double baselineOf) {

    boolean isComplete() {
        return Double.isFinite(canary + canaryOf + baseline + baselineOf);
    }

    /** The judged track's value, or the share of a ratio; NaN where there is none. */
    public double canaryValue() {
        return value(canary, canaryOf);
    }

    /** As {@link #canaryValue()}, of the baseline. */
    public double baselineValue() {
        return value(baseline, baselineOf);
    }

    private static double value(double number, double of) {
        double value = number / of; // of a count or a gauge it is 1
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** The same with what is missing here taken from there. */
    Sample completedBy(Sample other) {
        return new Sample(
                slot,
                Double.isNaN(canary) ? other.canary : canary,
                Double.isNaN(canaryOf) ? other.canaryOf : canaryOf,
                Double.isNaN(baseline) ? other.baseline : baseline,
                Double.isNaN(baselineOf) ? other.baselineOf : baselineOf);
    }

    JsonNode toJson() {
        ArrayNode row = JsonNodeFactory.instance.arrayNode().add(slot);
        for (double value : new double[] {canary, canaryOf, baseline, baselineOf}) {
            if (Double.isNaN(value)) {
                row.addNull();
            } else {
                row.add(value);
            }
        }
        return row;
    }

    static Sample fromJson(JsonNode row) {
        return new Sample(
                row.path(0).asLong(),
                number(row.path(1)),
                number(row.path(2)),
                number(row.path(3)),
                number(row.path(4)));
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }
}
