package io.jenkins.plugins.rollback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollback ledger person}: what the ledger holds about a person, to be seen and to be erased. */
@Command(
        name = "person",
        mixinStandardHelpOptions = true,
        description = "Shows what is recorded about a person, or erases the person. The ledger must not be in use.",
        subcommands = {LedgerPersonShowCommand.class, LedgerPersonEraseCommand.class})
final class LedgerPersonCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing: show or erase");
    }
}
