package io.jenkins.plugins.rollback.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a healthy track looked like during a gate, kept with the gate's verdict: the control group of a later
 * verification, when everybody runs one version and there is no track to compare with. Immutable.
 */
public final class RecordedBaseline {

    /** Looks that are kept; more would not fit an entry of the ledger beside the rest. */
    private static final int MOST = 60;

    private static final int MOST_VALUES = 600;

    private final Map<String, List<double[]>> metrics;

    RecordedBaseline(Map<String, List<double[]>> metrics) {
        this.metrics = metrics;
    }

    /** Reads {@link #toJson()}. */
    public static RecordedBaseline fromJson(JsonNode json) {
        Map<String, List<double[]>> metrics = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> {
            List<double[]> rows = new ArrayList<>();
            field.getValue()
                    .forEach(row -> rows.add(new double[] {
                        row.path(0).asDouble(), row.size() > 1 ? row.path(1).asDouble() : 1
                    }));
            metrics.put(field.getKey(), rows);
        });
        return new RecordedBaseline(metrics);
    }

    /** One array a metric, one row a look: {@code [bad, total]} of a ratio, else {@code [value]}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        int most = Math.min(MOST, MOST_VALUES / Math.max(1, metrics.size()));
        metrics.forEach((name, rows) -> {
            ArrayNode array = json.putArray(name);
            rows.subList(Math.max(0, rows.size() - most), rows.size()).forEach(row -> {
                ArrayNode one = array.addArray().add(row[0]);
                if (row[1] != 1) {
                    one.add(row[1]);
                }
            });
        });
        return json;
    }

    /** Whether it has anything about a metric. */
    public boolean has(String metric) {
        return metrics.containsKey(metric) && !metrics.get(metric).isEmpty();
    }

    public boolean isEmpty() {
        return metrics.values().stream().allMatch(List::isEmpty);
    }

    /** Bad and total (or value and 1) of the n-th look, beginning anew after the last; or {@code null}. */
    double[] row(String metric, long n) {
        return has(metric)
                ? metrics.get(metric)
                        .get((int) Math.floorMod(n, metrics.get(metric).size()))
                : null;
    }
}
