package io.jenkins.plugins.rollback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rollback vault}: retained releases in a folder. */
@Command(
        name = "vault",
        mixinStandardHelpOptions = true,
        description = "Keeps the files of releases in a folder and gives them back, every byte verified.",
        subcommands = {
            VaultPutCommand.class,
            VaultGetCommand.class,
            VaultListCommand.class,
            VaultVerifyCommand.class,
            VaultGcCommand.class
        })
final class VaultCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing: put, get, list, verify or gc");
    }
}
