package io.jenkins.plugins.rollback.engine.drill;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that the drill started: knows how to end it, and ends it with the drill's own process at the latest. */
final class ChildProcess implements Closeable {

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread hook;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        hook = new Thread(process::destroyForcibly, "end " + name);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a program, its output going to a log.
     *
     * @throws IOException saying that it is not installed, when it is not
     */
    static ChildProcess start(String name, List<String> command, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // nothing of the caller's settings may change how the drill's systems behave
        builder.environment().keySet().removeIf(key -> key.startsWith("JAVA_") || key.equals("JDK_JAVA_OPTIONS"));
        try {
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new IOException("cannot start " + name + " (" + command.get(0) + "): " + e.getMessage(), e);
        }
    }

    /** Prefixes a command so that it runs as nobody when the drill runs as root; the pid stays that of the program. */
    static List<String> unprivileged(List<String> command) {
        Path setpriv = Path.of("/usr/bin/setpriv");
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(setpriv)) {
            return command;
        }
        List<String> all = new ArrayList<>(
                List.of(setpriv.toString(), "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IOException with the end of its log when it has ended */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            List<String> lines = Files.readAllLines(log);
            String last = lines.isEmpty() ? "its log is empty" : lines.get(lines.size() - 1);
            throw new IOException(name + " ended with status " + process.exitValue() + ": " + last);
        }
    }

    /** Ends it: politely, then by force. Returns when it is gone. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // shutting down: the hook runs anyway
        }
    }
}
