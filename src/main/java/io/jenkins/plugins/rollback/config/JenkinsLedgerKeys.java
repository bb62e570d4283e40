package io.jenkins.plugins.rollback.config;

import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jenkins.security.ConfidentialKey;

/**
 * Keeps the ledger's private key among Jenkins' own secrets, encrypted by the master key. It is thereby not in a copy of
 * the ledger's folder, and never in a form or a configuration file.
 */
final class JenkinsLedgerKeys implements LedgerKeys {

    private final Key key;

    /** Of the ledger in files. */
    JenkinsLedgerKeys() {
        this("ledger-key");
    }

    /** @param name tells the keys of one controller apart */
    JenkinsLedgerKeys(String name) {
        key = new Key(name);
    }

    @Override
    public Optional<String> load() throws IOException {
        byte[] bytes = key.read();
        return bytes == null ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void store(String secret) throws IOException {
        key.write(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Opens the door that the superclass keeps for its heirs. */
    private static final class Key extends ConfidentialKey {

        Key(String name) {
            super("io.jenkins.plugins.rollback." + name);
        }

        byte[] read() throws IOException {
            return load();
        }

        void write(byte[] bytes) throws IOException {
            store(bytes);
        }
    }
}
