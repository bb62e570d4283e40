package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A private key in a plain file with mode 0600. */
final class FileLedgerKeys implements LedgerKeys {

    private final Disk disk = new Disk();
    private final Path file;

    FileLedgerKeys(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public Optional<String> load() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = new String(disk.read(file), StandardCharsets.UTF_8);
        if (!text.endsWith("\n")) {
            throw new IOException(file + " is not a private key: its line does not end");
        }
        return Optional.of(text.substring(0, text.length() - 1));
    }

    @Override
    public void store(String secret) throws IOException {
        disk.createDirectories(file.getParent());
        disk.createPrivate(file);
        disk.write(file, (secret + "\n").getBytes(StandardCharsets.UTF_8));
        disk.syncDirectory(file.getParent());
    }
}
