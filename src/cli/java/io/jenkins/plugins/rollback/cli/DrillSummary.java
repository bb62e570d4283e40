package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.drill.DrillReport;
import io.jenkins.plugins.rollback.engine.drill.TimelineItem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The timeline and the outcome of a drill, for a terminal. */
final class DrillSummary {

    private static final int WIDTH = 96;

    private final DrillReport report;
    private final Path folder;

    /** @param folder where the report was written, or {@code null} */
    DrillSummary(DrillReport report, Path folder) {
        this.report = report;
        this.folder = folder;
    }

    void print(PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%s, seed %d%n%n",
                report.options().scenario().id(),
                report.options().seed());
        for (TimelineItem item : report.timeline()) {
            List<String> lines = wrap(item.what());
            out.printf(
                    Locale.ROOT,
                    "%6.1f s  %-8s  %s%n",
                    item.seconds(),
                    item.phase().word(),
                    lines.get(0));
            for (String line : lines.subList(1, lines.size())) {
                out.printf("%20s%s%n", "", line);
            }
        }
        out.println();
        line(out, "gate", report.gate().verdict() + " at look " + report.gate().look());
        line(out, "rollback", report.rollback().name());
        line(
                out,
                "verification",
                report.verification() == null
                        ? "none needed"
                        : report.verification().name());
        line(
                out,
                "ledger",
                (report.ledger().ok() ? "OK, " : "DAMAGED, ") + report.ledger().entries() + " entries");
        if (folder != null) {
            line(out, "report", folder.resolve("report.html").toString());
        }
        line(
                out,
                "outcome",
                (report.asExpected() ? "as it should be" : "NOT as it should be")
                        + String.format(Locale.ROOT, ", %.1f s", report.seconds()));
        out.flush();
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("%-13s %s%n", name, value);
    }

    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
