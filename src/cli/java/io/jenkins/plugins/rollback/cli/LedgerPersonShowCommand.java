package io.jenkins.plugins.rollback.cli;

import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.PersonalRecords;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rollback ledger person show}: a person's right of access, as JSON. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Prints everything that is recorded about a person as one JSON object: what the person did, and the texts of",
            "others that name the person."
        })
final class LedgerPersonShowCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private LedgerOption ledger;

    @Mixin
    private PersonOption person;

    @Mixin
    private JsonOption json; // the answer is JSON in any case

    LedgerPersonShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        try (FileLedger open = ledger.open()) {
            console.print(new PersonalRecords(open).about(person.person(), person.names()));
        }
        return 0;
    }
}
