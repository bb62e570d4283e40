package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.model.Markup;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** A drill's report as one HTML page that needs nothing else: no script, no font, no picture from anywhere. */
public final class ReportHtml {

    private final DrillReport report;

    private ReportHtml(DrillReport report) {
        this.report = report;
    }

    /**
     * The whole page.
     *
     * @throws IOException never, unless the product's own files are damaged
     */
    public static String of(DrillReport report) throws IOException {
        return new ReportHtml(report).page();
    }

    private String page() throws IOException {
        String page;
        try (InputStream in = ReportHtml.class.getResourceAsStream("report.html")) {
            page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        DrillReport.GateResult gate = report.gate();
        String with = report.options().with().isEmpty()
                ? "built-in systems"
                : "a real " + String.join(" and a real ", report.options().with());
        return page.replace(
                        "{{scenario}}",
                        Markup.escaped(report.options().scenario().id()))
                .replace("{{seed}}", String.valueOf(report.options().seed()))
                .replace(
                        "{{started}}",
                        Markup.escaped(
                                report.startedAt().toString().substring(0, 19).replace('T', ' ')))
                .replace("{{seconds}}", String.format(Locale.ROOT, "%.1f", report.seconds()))
                .replace("{{with}}", Markup.escaped(with))
                .replace("{{outcomeClass}}", report.asExpected() ? "pass" : "fail")
                .replace("{{outcome}}", report.asExpected() ? "as it should be" : "not as it should be")
                .replace("{{cards}}", cards())
                .replace("{{reason}}", Markup.escaped(gate.reason()))
                .replace("{{errors}}", new Chart(report, "%", sample -> sample.errors() * 100).draw("Share of errors"))
                .replace("{{latency}}", new Chart(report, "ms", DrillReport.Sample::latency).draw("Mean latency"))
                .replace("{{timeline}}", timeline())
                .replace(
                        "{{checkpoint}}",
                        Markup.escaped(report.ledger().checkpoint().strip()));
    }

    private String cards() {
        DrillReport.GateResult gate = report.gate();
        Verdict verification = report.verification();
        String rollback =
                switch (report.rollback()) {
                    case DONE -> "pass";
                    case FAILED -> "fail";
                    case NONE -> "none";
                };
        return card("Gate", gate.verdict().name(), css(gate.verdict()), "at look " + gate.look())
                + card("Rollback", report.rollback().name(), rollback, "to the last good release")
                + card(
                        "Verification",
                        verification == null ? "NONE" : verification.name(),
                        css(verification),
                        verification == null ? "nothing went back" : "of the restored release")
                + card(
                        "Ledger",
                        report.ledger().ok() ? "OK" : "DAMAGED",
                        report.ledger().ok() ? "pass" : "fail",
                        report.ledger().entries() + " entries");
    }

    private static String card(String title, String value, String css, String note) {
        return "<div class=\"card\"><h3>" + Markup.escaped(title) + "</h3><p class=\"value " + css + "\">"
                + Markup.escaped(value) + "</p><p class=\"note\">" + Markup.escaped(note) + "</p></div>\n";
    }

    private static String css(Verdict verdict) {
        return verdict == null
                ? "none"
                : verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String timeline() {
        return report.timeline().stream()
                .map(item -> String.format(
                        Locale.ROOT,
                        "<tr><td class=\"at\"><time datetime=\"%s\">%.1f s</time></td>"
                                + "<td><span class=\"phase %s\">%s</span></td><td>%s</td></tr>%n",
                        Markup.escaped(item.at().toString()),
                        item.seconds(),
                        item.phase().word(),
                        item.phase().word(),
                        Markup.escaped(item.what())))
                .collect(Collectors.joining());
    }
}
