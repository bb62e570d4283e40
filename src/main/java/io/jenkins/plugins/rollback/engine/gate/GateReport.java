package io.jenkins.plugins.rollback.engine.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import java.util.List;

/** A gate's metrics as JSON, for the ledger, the command line and reports. */
public final class GateReport {

    private GateReport() {}

    /** What {@link #metrics(GateStatus)} makes, of a list. */
    public static ArrayNode metrics(List<MetricVerdict> metrics) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (MetricVerdict metric : metrics) {
            ObjectNode one = array.addObject()
                    .put("name", metric.name())
                    .put("verdict", metric.verdict().name());
            number(one, "effect", metric.effect());
            ArrayNode interval = one.putArray("interval");
            number(interval, metric.low());
            number(interval, metric.high());
            number(one, "evidence", metric.evidence());
            one.put("reason", metric.reason());
        }
        return array;
    }

    /**
     * One object a metric: {@code name}, {@code verdict}, {@code effect}, {@code interval} (two numbers), {@code
     * evidence}, {@code reason}. What is unknown or has no bound is {@code null}, for JSON knows no infinity.
     */
    public static ArrayNode metrics(GateStatus status) {
        return metrics(status.metrics());
    }

    private static void number(ObjectNode object, String key, double value) {
        if (Double.isFinite(value)) {
            object.put(key, rounded(value));
        } else {
            object.putNull(key);
        }
    }

    private static void number(ArrayNode array, double value) {
        if (Double.isFinite(value)) {
            array.add(rounded(value));
        } else {
            array.addNull();
        }
    }

    /** Six significant digits: more would pretend. */
    private static double rounded(double value) {
        return value == 0
                ? 0
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(6))
                        .doubleValue();
    }
}
