package io.jenkins.plugins.rollback.actions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A gate beside its build: its analysis, its samples and what was made of each look. Written after every look and
 * before anybody hears of it, so that a controller that is killed goes on with all samples; and what the page of the
 * gate draws and hands out, for as long as the build is kept.
 */
public final class GateFile {

    private static final String FOLDER = "release-rollback-gates";
    private static final ObjectMapper JSON = new ObjectMapper();

    private GateFile() {}

    private static Path of(Run<?, ?> run, String gate) {
        return run.getRootDir().toPath().resolve(FOLDER).resolve(gate + ".json");
    }

    /** Replaces what is there in one step: after a crash it is the old state or the new one. */
    public static void write(Run<?, ?> run, String id, Gate gate) throws IOException {
        Path file = of(run, id);
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        // a stream, not a channel: an interrupted thread must not lose it
        try (FileOutputStream out = new FileOutputStream(next.toFile())) {
            out.write(gate.save().toString().getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads it.
     *
     * @return empty when the gate has not begun, or was of a build whose files are gone
     * @throws IOException also when it is not such a file
     */
    public static Optional<Gate> read(Run<?, ?> run, String id) throws IOException {
        RollbackEngine engine = RollbackEngine.get();
        try {
            JsonNode saved = JSON.readTree(Files.readAllBytes(of(run, id)));
            return Optional.of(Gate.load((ObjectNode) saved, engine.metricSources(), engine.clock()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new IOException("the saved gate " + id + " cannot be read: " + e.getMessage(), e);
        }
    }
}
