package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.judge.Worse;
import java.util.ArrayList;
import java.util.List;

/**
 * One metric of an analysis file.
 *
 * @param name unique in its file
 * @param kind sort of numbers
 * @param bad query for bad events, of a ratio; else {@code null}
 * @param total query for all events, of a ratio; else {@code null}
 * @param value query for the value of a gauge or the events of a count; else {@code null}
 * @param worse bad direction
 * @param tolerance relative change that is not worth a rollback, at least 0
 * @param negligible level below which nothing matters, 0 for none
 * @param critical whether it alone can fail the gate, and must pass for the gate to pass
 * @param weight share in the score, above 0
 */
public record Metric(
        String name,
        MetricKind kind,
        MetricQuery bad,
        MetricQuery total,
        MetricQuery value,
        Worse worse,
        double tolerance,
        double negligible,
        boolean critical,
        double weight) {

    /** Its queries: bad and total of a ratio, else one. */
    public List<MetricQuery> queries() {
        List<MetricQuery> queries = new ArrayList<>();
        for (MetricQuery query : new MetricQuery[] {bad, total, value}) {
            if (query != null) {
                queries.add(query);
            }
        }
        return queries;
    }
}
