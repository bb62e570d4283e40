package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger new-epoch}: a person's word that a restored, cloned or keyless ledger is to go on. */
@Command(
        name = "new-epoch",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on under a new origin and key, because a person says so: after an older copy was restored, a copy was",
            "started beside the original, or the private key was lost. An entry links the epochs. Prints the new verifier",
            "key. The ledger must not be in use."
        })
final class LedgerNewEpochCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--origin",
            required = true,
            paramLabel = "NAME",
            description = "Name of the log from now on, another than before.")
    private String origin;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for the entry.")
    private String reason;

    @Option(
            names = "--by",
            paramLabel = "ACTOR",
            defaultValue = "system:command-line",
            description = "Who confirms, for the entry (default: ${DEFAULT-VALUE}).")
    private String by;

    @Option(
            names = "--key-lost",
            description = "The private key is gone or damaged: nothing but this word links the two.")
    private boolean keyLost;

    @Mixin
    private JsonOption json;

    LedgerNewEpochCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try {
            Actor actor = Actor.parse(by);
            if (keyLost) {
                try (FileLedger open = ledger.openWithoutKey(origin, actor, reason)) {
                    print(open.entry(open.size() - 1));
                }
            } else {
                try (FileLedger open = ledger.open()) {
                    print(open.startEpoch(origin, "confirmed on the command line", 0, actor, reason));
                }
            }
        } catch (InvalidNameException e) {
            throw new BadInputException("--by: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--origin: " + e.getMessage(), e);
        }
        return 0;
    }

    private void print(Entry entry) {
        if (json.wanted()) {
            console.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("index", entry.index())
                    .put("vkey", entry.text("vkey")));
        } else {
            console.out().println(entry.text("vkey"));
        }
    }
}
