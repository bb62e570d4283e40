package io.jenkins.plugins.rollback.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line, as people run it. */
final class RollbackJar {

    private RollbackJar() {}

    /**
     * Runs it.
     *
     * @param words for example {@code judge}, {@code --json}
     * @return what it says on both outputs, beginning with its exit status and a space
     */
    static String run(String... words) throws IOException {
        Path jar = Path.of("../cli/target/rollback.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar.toAbsolutePath().normalize() + " is missing; build it first");
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(Arrays.asList(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() + " " + said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
