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

/** {@code rollback ledger rotate-key}: a new signing key, which the old one signs for. */
@Command(
        name = "rotate-key",
        mixinStandardHelpOptions = true,
        description = {
            "Signs with a new key from now on. The old key signs an entry that names the new one, and is forgotten;",
            "earlier checkpoints stay verifiable. Prints the new verifier key. The ledger must not be in use."
        })
final class LedgerRotateKeyCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(
            names = "--by",
            paramLabel = "ACTOR",
            defaultValue = "system:command-line",
            description = "Who rotates, for the entry (default: ${DEFAULT-VALUE}).")
    private String by;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the entry.")
    private String reason;

    @Mixin
    private JsonOption json;

    LedgerRotateKeyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Actor actor;
        try {
            actor = Actor.parse(by);
        } catch (InvalidNameException e) {
            throw new BadInputException("--by: " + e.getMessage(), e);
        }
        try (FileLedger open = ledger.open()) {
            Entry entry = open.rotateKey(actor, reason);
            if (json.wanted()) {
                console.print(JsonNodeFactory.instance
                        .objectNode()
                        .put("index", entry.index())
                        .put("vkey", entry.text("vkey")));
            } else {
                console.out().println(entry.text("vkey"));
            }
        }
        return 0;
    }
}
