package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A private key in a plain file with mode 0600. */
final class FileLedgerKeys implements LedgerKeys {

    private final Disk disk;
    private final Path file;

    FileLedgerKeys(Disk disk, Path file) {
        this.disk = disk;
        this.file = file.toAbsolutePath();
    }

    @Override
    public Optional<String> load() throws IOException {
        if (!disk.exists(file)) {
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
        disk.createPrivate(file.resolveSibling(file.getFileName() + ".new"));
        disk.replace(file, (secret + "\n").getBytes(StandardCharsets.UTF_8)); // a crash must not leave half a key
    }
}
