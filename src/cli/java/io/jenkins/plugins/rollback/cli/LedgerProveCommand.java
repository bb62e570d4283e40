package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.rollback.engine.ledger.LedgerProof;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger prove}: that one entry is in the log, for somebody who has only the log's key. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Prints a C2SP tlog-proof of one entry. The ledger may be in use.")
final class LedgerProveCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Option(names = "--index", required = true, paramLabel = "INDEX", description = "Which entry, from 0.")
    private long index;

    @Mixin
    private JsonOption json;

    LedgerProveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        LedgerProof proof;
        try {
            proof = LedgerProof.of(ledger.existing(), index);
        } catch (IndexOutOfBoundsException e) {
            throw new BadInputException("--index: the checkpoint does not cover an entry " + index, e);
        }
        if (json.wanted()) {
            console.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("index", proof.index())
                    .put("size", proof.checkpoint().size())
                    .put("origin", proof.checkpoint().origin())
                    .put("proof", proof.text()));
        } else {
            console.out().print(proof.text());
            console.out().flush();
        }
        return 0;
    }
}
