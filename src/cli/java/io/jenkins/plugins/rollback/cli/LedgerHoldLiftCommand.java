package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Holds;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger hold lift}. */
@Command(
        name = "lift",
        mixinStandardHelpOptions = true,
        description =
                "Ends a hold. It is recorded; the next sweep may drop what was held. The ledger must not be in use.")
final class LedgerHoldLiftCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "Which hold.")
    private String id;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the entry.")
    private String reason;

    @Mixin
    private ByOption by;

    @Mixin
    private JsonOption json;

    LedgerHoldLiftCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (FileLedger open = ledger.open()) {
            Holds holds = new Holds();
            open.attach(holds);
            Entry entry = holds.lift(open, id, by.actor(), reason);
            if (json.wanted()) {
                console.print(
                        JsonNodeFactory.instance.objectNode().put("hold", id).put("entry", entry.index()));
            } else {
                console.out().println("Hold " + id + " is lifted; recorded as entry " + entry.index());
            }
            return 0;
        } catch (ConditionFailedException | IllegalArgumentException e) {
            throw new BadInputException(e.getMessage(), e);
        }
    }
}
