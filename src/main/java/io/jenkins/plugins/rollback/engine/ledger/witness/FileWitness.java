package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file, on another disk or share than the ledger: what restores the one should not restore the other. */
public final class FileWitness implements Witness {

    private final Path file;

    public FileWitness(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Optional<String> last() throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Override
    public void keep(String note) throws IOException {
        Files.createDirectories(file.getParent());
        Path next =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new"); // others may write, too
        Files.writeString(next, note, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
