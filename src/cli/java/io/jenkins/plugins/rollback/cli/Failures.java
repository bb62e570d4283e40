package io.jenkins.plugins.rollback.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Turns what went wrong into one clear line on standard error and an exit status. */
final class Failures {

    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    private static final int INTERRUPTED = 130;

    private final PrintStream err;

    Failures(PrintStream err) {
        this.err = err;
    }

    int wrongUsage(ParameterException e, String[] args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        say(command + ": " + e.getMessage() + "; see " + command + " --help");
        return BAD_INPUT;
    }

    int failed(Exception e, CommandLine line, CommandLine.ParseResult result) {
        String command = line.getCommandSpec().qualifiedName();
        if (e instanceof BadInputException) {
            say(command + ": " + e.getMessage());
            return BAD_INPUT;
        }
        if (e instanceof InterruptedException) {
            say(command + ": interrupted");
            return INTERRUPTED;
        }
        if (e instanceof IOException io) {
            say(command + ": " + describe(io));
            return e instanceof NoSuchFileException || e instanceof AccessDeniedException ? BAD_INPUT : FAILED;
        }
        say(command + ": internal error: " + e);
        e.printStackTrace(err);
        return FAILED;
    }

    private void say(String text) {
        err.println(text.lines().collect(Collectors.joining(" ")));
    }

    /** The JDK's file exceptions carry the name of the file alone. */
    static String describe(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder: " + e.getMessage();
        }
        if (e instanceof AccessDeniedException) {
            return "no permission: " + e.getMessage();
        }
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
