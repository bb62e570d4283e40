package io.jenkins.plugins.rollback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: the engine without Jenkins. Each subcommand is a class of its own beside this one. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Keeps releases, notices when going back is right, goes back, and proves what happened.")
public final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand there is nothing to do: usage, and the status of a wrong call. */
    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing; see rollback --help");
    }

    /**
     * Runs the command line and ends the process with its status.
     *
     * @param args as typed
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
