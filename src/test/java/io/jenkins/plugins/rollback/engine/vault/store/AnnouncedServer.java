package io.jenkins.plugins.rollback.engine.vault.store;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own that says on its output which port it has. */
final class AnnouncedServer implements Closeable {

    private final Process process;
    private final int port;

    /** @param announcement with the port as its first group */
    AnnouncedServer(List<String> command, Path folder, Pattern announcement) throws IOException {
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader out = process.inputReader();
        StringBuilder said = new StringBuilder();
        int found = 0;
        while (found == 0) {
            String line = out.readLine();
            if (line == null) {
                throw new IOException(command.get(0) + " ended: " + said);
            }
            said.append(line).append('\n');
            Matcher matcher = announcement.matcher(line);
            found = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        }
        port = found;
        Thread drain = new Thread(() -> out.lines().forEach(line -> {}), "output of " + command.get(0));
        drain.setDaemon(true);
        drain.start();
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
