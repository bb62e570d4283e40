package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the private key of one ledger; while the key is being changed, the old one and the new one in one text of two
 * lines. The ledger makes the key at its first start and never sees how it is kept; a
 * Jenkins controller encrypts it, the command line uses {@link #inFile}.
 */
public interface LedgerKeys {

    /** The secret text that {@link #store} was given, or empty when there never was one or it is lost. */
    Optional<String> load() throws IOException;

    /** Keeps the secret text in place of what was kept, all of it or nothing; returns when it is durable. */
    void store(String secret) throws IOException;

    /** In a plain file that only its owner can read, mode 0600. */
    static LedgerKeys inFile(Path file) {
        return new FileLedgerKeys(new Disk(), file);
    }
}
