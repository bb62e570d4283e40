package io.jenkins.plugins.rollback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollback ledger}: the record of everything that happened, and its proofs. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Appends to a ledger, shows it, verifies it, proves entries of it.",
        subcommands = {
            LedgerAppendCommand.class,
            LedgerVerifyCommand.class,
            LedgerShowCommand.class,
            LedgerProveCommand.class,
            LedgerPersonCommand.class,
            LedgerExportCommand.class,
            LedgerRetainCommand.class,
            LedgerHoldCommand.class,
            LedgerRotateKeyCommand.class,
            LedgerNewEpochCommand.class
        })
final class LedgerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "a subcommand is missing: append, verify, show, prove, person, export, retain, hold, rotate-key or new-epoch");
    }
}
