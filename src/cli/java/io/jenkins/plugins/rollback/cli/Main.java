package io.jenkins.plugins.rollback.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        description = "Keeps releases, notices when going back is right, goes back, and proves what happened.",
        subcommands = {
            DrillCommand.class,
            JudgeCommand.class,
            VaultCommand.class,
            LedgerCommand.class,
            PlanCommand.class
        })
public final class Main implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand there is nothing to do: usage, and the status of a wrong call. */
    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing");
    }

    /**
     * Runs the command line.
     *
     * @return exit status: 0 done or pass, 1 fail, 2 wrong usage or bad input, 3 inconclusive or no data
     */
    static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
        CommandLine line = new CommandLine(new Main(), new Factory(new Console(in, out, err)));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        Failures failures = new Failures(err);
        line.setParameterExceptionHandler(failures::wrongUsage);
        line.setExecutionExceptionHandler(failures::failed);
        return line.execute(args);
    }

    /**
     * Runs the command line and ends the process with its status.
     *
     * @param args as typed
     */
    public static void main(String[] args) {
        PrintStream out = System.out;
        // standard output belongs to the results: a library that prints something must not get between them
        System.setOut(System.err);
        int status = run(System.in, out, System.err, args);
        out.flush();
        System.exit(status);
    }

    /** Makes commands, giving those that want it the console. */
    private record Factory(Console console) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                java.lang.reflect.Constructor<K> constructor = type.getDeclaredConstructor(Console.class);
                return constructor.newInstance(console);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }
}
