package io.jenkins.plugins.rollback.engine.ledger.witness;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What the guard remembers from one start to the next: the identity of the controller, in the first line, and in
 * further lines the SHA-256 of each foreign checkpoint that a person has confirmed. Whoever deletes it gains a question
 * less about the identity and more about the checkpoints.
 */
final class GuardFile {

    private final Path file;
    private final Set<String> confirmed = new LinkedHashSet<>();
    private ControllerIdentity identity;
    private String problem;

    private GuardFile(Path file) {
        this.file = file;
    }

    static GuardFile read(Path file) throws IOException {
        GuardFile guard = new GuardFile(file);
        if (Files.exists(file)) {
            String[] lines = Files.readString(file).split("\n");
            try {
                guard.identity = ControllerIdentity.parse(lines[0]);
            } catch (IllegalArgumentException e) {
                guard.problem = file + " cannot be read: " + e.getMessage() + ".";
            }
            for (int i = 1; i < lines.length; i++) {
                guard.confirmed.add(lines[i]);
            }
        }
        return guard;
    }

    /** Or {@code null} when there was none yet. */
    ControllerIdentity identity() {
        return identity;
    }

    /** Why nothing is known although something was remembered, a sentence for a person; or {@code null}. */
    String problem() {
        return problem;
    }

    void identity(ControllerIdentity now) throws IOException {
        identity = now;
        write();
    }

    boolean isConfirmed(String note) {
        return confirmed.contains(Sha256.of(note));
    }

    void confirm(ControllerIdentity now, Collection<String> notes) throws IOException {
        notes.forEach(note -> confirmed.add(Sha256.of(note)));
        identity(now);
    }

    private void write() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        String text = identity.line() + "\n" + String.join("\n", confirmed) + (confirmed.isEmpty() ? "" : "\n");
        Files.writeString(next, text, StandardCharsets.UTF_8);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
