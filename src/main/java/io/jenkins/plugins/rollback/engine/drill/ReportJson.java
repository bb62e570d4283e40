package io.jenkins.plugins.rollback.engine.drill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A drill's report as JSON: what {@code drill --json} prints and {@code report.json} holds. */
public final class ReportJson {

    private ReportJson() {}

    /** Numbers of seconds have three decimals; {@code verification.verdict} is {@code null} when nothing went back. */
    public static ObjectNode of(DrillReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("scenario", report.options().scenario().id());
        json.put("seed", report.options().seed());
        json.put("startedAt", report.startedAt().toString());
        json.put("seconds", report.seconds());
        ArrayNode with = json.putArray("with");
        report.options().with().forEach(with::add);
        json.put("asExpected", report.asExpected());
        json.putObject("gate")
                .put("verdict", report.gate().verdict().name())
                .put("reason", report.gate().reason())
                .put("look", report.gate().look());
        json.putObject("rollback").put("outcome", report.rollback().name());
        json.putObject("verification")
                .put(
                        "verdict",
                        report.verification() == null
                                ? null
                                : report.verification().name());
        json.putObject("ledger")
                .put("ok", report.ledger().ok())
                .put("entries", report.ledger().entries())
                .put("checkpoint", report.ledger().checkpoint());
        ArrayNode timeline = json.putArray("timeline");
        for (TimelineItem item : report.timeline()) {
            timeline.addObject()
                    .put("at", item.at().toString())
                    .put("seconds", item.seconds())
                    .put("phase", item.phase().word())
                    .put("what", item.what());
        }
        return json;
    }
}
