package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.LedgerReport;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.VerifyOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger verify}: checks every entry against the signed checkpoint. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks signature, tree, every entry and the side table, from the files alone; the ledger may be in use.",
            "Exit status 1 when something is wrong; the first bad entry is named."
        })
final class LedgerVerifyCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "An earlier checkpoint, kept elsewhere: also verify that nothing before it was changed.")
    private Path since;

    @Option(
            names = "--clock-limit",
            paramLabel = "DURATION",
            description = {
                "How far the clock may step back from one entry to the next before the entry is named as bad,",
                "for example PT1H (default: ${DEFAULT-VALUE}). Smaller steps are counted."
            },
            defaultValue = "PT12H")
    private Duration clockLimit;

    @Mixin
    private JsonOption json;

    LedgerVerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        LedgerReport report = LedgerVerifier.verify(
                ledger.existing(), new VerifyOptions(since == null ? null : Earlier.checkpoint(since), clockLimit));
        if (json.wanted()) {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("ok", report.ok()).put("entries", report.entries()).put("problem", report.problem());
            if (report.firstBad() < 0) {
                result.putNull("firstBad");
            } else {
                result.put("firstBad", report.firstBad());
            }
            result.put("pending", report.pending())
                    .put("clockJumps", report.clockJumps())
                    .put("dropped", report.dropped());
            result.put(
                    "checkpoint",
                    report.checkpoint() == null ? null : report.checkpoint().note());
            report.notes().forEach(result.putArray("notes")::add);
            console.print(result);
        } else {
            report.notes().forEach(note -> console.err().println("note: " + note));
            console.out()
                    .println(report.ok() ? "OK, " + report.entries() + " entries" + dropped(report) : report.problem());
        }
        return report.ok() ? 0 : Failures.FAILED;
    }

    private static String dropped(LedgerReport report) {
        return report.dropped() == 0 ? "" : ", " + report.dropped() + " of them dropped by the retention schedule";
    }
}
