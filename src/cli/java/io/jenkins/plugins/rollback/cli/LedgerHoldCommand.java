package io.jenkins.plugins.rollback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollback ledger hold}: entries that are kept whatever the retention schedule says. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = "Keeps entries whatever the retention schedule says, until the hold is lifted.",
        subcommands = {LedgerHoldAddCommand.class, LedgerHoldLiftCommand.class, LedgerHoldListCommand.class})
final class LedgerHoldCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing: add, lift or list");
    }
}
