package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.action.Probe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An action on a system that counts: a file that gets one more line with each effect. It survives the process. */
class CountedAction implements Action {

    private final String id;
    private final Path system;

    CountedAction(String id, Path folder) {
        this.id = id;
        this.system = folder.resolve(id);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String describe() {
        return "add a line to " + id;
    }

    @Override
    public Probe probe() throws IOException {
        return effects() > 0 ? Probe.HOLDS : Probe.DOES_NOT_HOLD;
    }

    @Override
    public void execute() throws IOException {
        Files.write(
                system,
                "effect\n".getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Override
    public void undo() throws IOException {
        Files.deleteIfExists(system);
    }

    int effects() throws IOException {
        return Files.exists(system) ? Files.readAllLines(system).size() : 0;
    }
}
