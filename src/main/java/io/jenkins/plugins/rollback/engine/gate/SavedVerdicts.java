package io.jenkins.plugins.rollback.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What the judge said of each metric, as a saved gate keeps it: every digit, so that a gate that was read back says the
 * same, and nobody who looks at its page waits until all its history is judged once more.
 */
final class SavedVerdicts {

    private SavedVerdicts() {}

    static ArrayNode toJson(List<MetricVerdict> verdicts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (MetricVerdict verdict : verdicts) {
            array.addObject()
                    .put("name", verdict.name())
                    .put("verdict", verdict.verdict().name())
                    .put("effect", text(verdict.effect()))
                    .put("low", text(verdict.low()))
                    .put("high", text(verdict.high()))
                    .put("evidence", text(verdict.evidence()))
                    .put("reason", verdict.reason());
        }
        return array;
    }

    /** @throws IllegalArgumentException when it was not made by {@link #toJson} */
    static List<MetricVerdict> fromJson(JsonNode array) {
        List<MetricVerdict> verdicts = new ArrayList<>();
        for (JsonNode one : array) {
            verdicts.add(new MetricVerdict(
                    one.path("name").asText(),
                    Verdict.valueOf(one.path("verdict").asText()),
                    Double.parseDouble(one.path("effect").asText()),
                    Double.parseDouble(one.path("low").asText()),
                    Double.parseDouble(one.path("high").asText()),
                    Double.parseDouble(one.path("evidence").asText()),
                    one.path("reason").asText()));
        }
        return verdicts;
    }

    /** JSON's numbers know neither NaN nor infinity. */
    private static String text(double value) {
        return Double.toString(value);
    }
}
