package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code docs/verify_ledger.py}. */
final class PythonVerifier {

    private PythonVerifier() {}

    /** Where it is. */
    static Path script() {
        Path up = Path.of("").toAbsolutePath();
        while (up != null && !Files.exists(up.resolve("docs/verify_ledger.py"))) {
            up = up.getParent();
        }
        if (up == null) {
            throw new AssertionError("there is no docs/verify_ledger.py above the working directory");
        }
        return up.resolve("docs/verify_ledger.py");
    }

    /** What it says of files or a folder, with its exit status when that is not 0. */
    static String run(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(script().toString()));
        command.addAll(List.of(args));
        return python(command.toArray(String[]::new));
    }

    /** What Python says, or nothing when it is not installed. */
    static String python(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(args));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return out.strip() + (process.waitFor() == 0 ? "" : " (" + process.waitFor() + ")");
        } catch (IOException e) {
            return "";
        }
    }
}
