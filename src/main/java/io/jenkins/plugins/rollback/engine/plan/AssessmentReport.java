package io.jenkins.plugins.rollback.engine.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An {@link Assessment} for programs and for people. */
public final class AssessmentReport {

    private static final int SHOWN = 20;

    private final Assessment assessment;

    public AssessmentReport(Assessment assessment) {
        this.assessment = assessment;
    }

    /**
     * {@code {"waves": [["a"], ["b", "c"]], "affected": [...], "feasibility": [{"item", "level", "evidence"}], "moves":
     * [{"service", "from", "to", "because"}]}}; {@code level} is ok, risk or blocker.
     */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("service", assessment.service());
        ArrayNode waves = json.putArray("waves");
        ArrayNode moves = json.putArray("moves");
        for (List<Move> wave : assessment.waves()) {
            ArrayNode one = waves.addArray();
            for (Move move : wave) {
                one.add(move.service().name());
                moves.addObject()
                        .put("service", move.service().name())
                        .put("from", move.from())
                        .put("to", move.to())
                        .put("because", move.because());
            }
        }
        ArrayNode affected = json.putArray("affected");
        assessment.affected().keySet().forEach(affected::add);
        ArrayNode items = json.putArray("feasibility");
        for (FeasibilityItem item : assessment.feasibility()) {
            items.addObject()
                    .put("item", item.item())
                    .put("level", item.level().word())
                    .put("evidence", item.evidence());
        }
        return json;
    }

    /** Lines for a terminal or a build log. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (List<Move> wave : assessment.waves()) {
            number++;
            String moves = wave.stream().map(Move::toString).collect(Collectors.joining(", "));
            lines.add("wave " + number + ": " + moves);
        }
        lines.add("affected: " + affected());
        for (FeasibilityItem.Level level :
                List.of(FeasibilityItem.Level.BLOCKER, FeasibilityItem.Level.RISK, FeasibilityItem.Level.OK)) {
            for (FeasibilityItem item : assessment.feasibility()) {
                if (item.level() == level) {
                    lines.add(String.format("%-7s  %s: %s", level.word(), item.item(), item.evidence()));
                }
            }
        }
        lines.add(verdict());
        return lines;
    }

    private String affected() {
        List<String> each = assessment.affected().entrySet().stream()
                .limit(SHOWN)
                .map(one -> one.getKey() + " (" + one.getValue() + ")")
                .collect(Collectors.toCollection(ArrayList::new));
        if (each.isEmpty()) {
            return "nobody else";
        }
        if (assessment.affected().size() > SHOWN) {
            each.add((assessment.affected().size() - SHOWN) + " more");
        }
        return String.join(", ", each);
    }

    private String verdict() {
        return assessment.isBlocked()
                ? "going back is blocked"
                : assessment.feasibility().stream().anyMatch(item -> item.level() == FeasibilityItem.Level.RISK)
                        ? "going back is possible, with risks"
                        : "going back is possible";
    }

    /** A page without scripts or styles from elsewhere, to attach to a change request. */
    public String html() {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(Markup.escaped("Going back: " + assessment.service()))
                .append("</title><style>")
                .append("body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}")
                .append("table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;")
                .append("padding:.3em .6em;border-bottom:1px solid #ccc}.blocker{color:#b00020;font-weight:bold}")
                .append(".risk{color:#8a5300;font-weight:bold}</style></head><body>\n");
        html.append("<h1>")
                .append(Markup.escaped("Going back: " + assessment.service()))
                .append("</h1>\n");
        html.append("<p>").append(Markup.escaped(verdict())).append(".</p>\n<h2>Waves</h2>\n<ol>\n");
        for (List<Move> wave : assessment.waves()) {
            String moves = wave.stream()
                    .map(move -> move + " (" + move.because() + ")")
                    .collect(Collectors.joining(", "));
            html.append("<li>").append(Markup.escaped(moves)).append("</li>\n");
        }
        html.append("</ol>\n<h2>Affected</h2>\n<p>")
                .append(Markup.escaped(affected()))
                .append("</p>\n");
        html.append("<h2>Feasibility</h2>\n<table><thead><tr><th>Level</th><th>What</th><th>Evidence</th></tr></thead>")
                .append("<tbody>\n");
        for (FeasibilityItem item : assessment.feasibility()) {
            String word = item.level().word();
            html.append("<tr><td class=\"").append(word).append("\">").append(word);
            html.append("</td><td>").append(Markup.escaped(item.item()));
            html.append("</td><td>").append(Markup.escaped(item.evidence())).append("</td></tr>\n");
        }
        return html.append("</tbody></table>\n</body></html>\n").toString();
    }
}
