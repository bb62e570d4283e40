package io.jenkins.plugins.rollback.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.ConsistencyProof;
import io.jenkins.plugins.rollback.engine.ledger.LedgerProof;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback ledger prove}: to somebody who has only the log's key. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a proof that an entry is in the ledger (a C2SP tlog-proof), or that nothing was changed since an",
            "earlier checkpoint (the body of a C2SP tlog-witness request). The ledger may be in use."
        })
final class LedgerProveCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Mixin
    private JsonOption json;

    /** One of the two. */
    static final class What {

        @Option(
                names = {"--entry", "--index"},
                required = true,
                paramLabel = "INDEX",
                description = "Which entry, from 0.")
        private Long entry;

        @Option(
                names = "--since",
                required = true,
                paramLabel = "FILE",
                description = "An earlier checkpoint, kept elsewhere: prove that the ledger only grew since.")
        private Path since;
    }

    LedgerProveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        String proof = what.entry != null ? entry(result) : since(result);
        if (json.wanted()) {
            console.print(result.put("proof", proof));
        } else {
            console.out().print(proof);
            console.out().flush();
        }
        return 0;
    }

    private String entry(ObjectNode result) throws Exception {
        try {
            LedgerProof proof = LedgerProof.of(ledger.existing(), what.entry);
            result.put("index", proof.index())
                    .put("size", proof.checkpoint().size())
                    .put("origin", proof.checkpoint().origin());
            return proof.text();
        } catch (IndexOutOfBoundsException e) {
            throw new BadInputException("--entry: the checkpoint does not cover an entry " + what.entry, e);
        }
    }

    private String since(ObjectNode result) throws Exception {
        try {
            ConsistencyProof proof = ConsistencyProof.of(ledger.existing(), Earlier.checkpoint(what.since));
            result.put("old", proof.old().size())
                    .put("size", proof.checkpoint().size())
                    .put("origin", proof.checkpoint().origin());
            return proof.text();
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--since: the earlier checkpoint " + e.getMessage(), e);
        }
    }
}
