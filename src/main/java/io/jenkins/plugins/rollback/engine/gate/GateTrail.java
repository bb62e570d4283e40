package io.jenkins.plugins.rollback.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What the judge made of each look, kept as it was said: to draw it, nothing has to be judged again. It plays no part
 * in any verdict.
 */
public final class GateTrail {

    private final List<Step> steps = new ArrayList<>();

    GateTrail() {}

    /**
     * One look.
     *
     * @param look its number, from 1
     * @param slot its moment, in intervals since the gate's start
     * @param verdict what the gate would have been if it had ended there
     * @param spans of all metrics, in the analysis' order
     */
    public record Step(int look, long slot, Verdict verdict, List<Span> spans) {}

    /**
     * One metric at one look.
     *
     * @param effect relative change of the canary (0.25 is 25 % more); NaN when unknown
     * @param low lower end of its interval, may be minus infinity
     * @param high upper end, may be plus infinity
     */
    public record Span(double effect, double low, double high) {}

    void add(int look, long slot, GateStatus status) {
        List<Span> spans = new ArrayList<>();
        for (MetricVerdict metric : status.metrics()) {
            spans.add(new Span(metric.effect(), metric.low(), metric.high()));
        }
        steps.add(new Step(look, slot, status.soFar(), List.copyOf(spans)));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** One row a look: number, slot, verdict, then effect, low and high of each metric, null for no number. */
    ArrayNode save() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Step step : steps) {
            ArrayNode row = rows.addArray()
                    .add(step.look())
                    .add(step.slot())
                    .add(step.verdict().name());
            for (Span span : step.spans()) {
                for (double value : new double[] {span.effect(), span.low(), span.high()}) {
                    if (Double.isFinite(value)) {
                        row.add(value);
                    } else {
                        row.addNull(); // JSON knows no infinity
                    }
                }
            }
        }
        return rows;
    }

    void load(JsonNode rows) {
        for (JsonNode row : rows) {
            List<Span> spans = new ArrayList<>();
            for (int i = 3; i + 2 < row.size(); i += 3) {
                spans.add(new Span(
                        number(row.get(i), Double.NaN),
                        number(row.get(i + 1), Double.NEGATIVE_INFINITY),
                        number(row.get(i + 2), Double.POSITIVE_INFINITY)));
            }
            steps.add(new Step(
                    row.path(0).asInt(),
                    row.path(1).asLong(),
                    Verdict.valueOf(row.path(2).asText()),
                    List.copyOf(spans)));
        }
    }

    private static double number(JsonNode node, double unknown) {
        return node.isNumber() ? node.asDouble() : unknown;
    }
}
