package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.Sha256;

/**
 * Bytes by their hash: what a store holds under it never changes.
 *
 * @param sha256 64 lower-case hexadecimal digits
 * @param size bytes
 */
public record Blob(String sha256, long size) {

    /** @throws IllegalArgumentException when it is no hash, or the size is negative: both come from elsewhere */
    public Blob {
        Sha256.require(sha256);
        if (size < 0) {
            throw new IllegalArgumentException("a blob has an impossible size: " + size);
        }
    }

    /** Bytes in memory. */
    public static Blob of(byte[] bytes) {
        return new Blob(Sha256.of(bytes), bytes.length);
    }

    /** As registries write it. */
    public String digest() {
        return "sha256:" + sha256;
    }
}
