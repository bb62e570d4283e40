package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.io.InputStream;

/** Reads documents that somebody else may have changed. */
final class StoreDocuments {

    /** A release of a hundred thousand files has about 25 MiB. */
    private static final int LARGEST = 64 << 20;

    private StoreDocuments() {}

    /**
     * Reads one.
     *
     * @param store as {@link ObjectStore#name} says it
     * @param in not closed here
     * @throws StoreException when it is damaged or that of another release
     */
    static StoredRelease read(String store, ReleaseId id, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new StoreException(store, "the document of release " + id + " is impossibly long");
        }
        try {
            StoredRelease release = StoredRelease.parse(bytes);
            if (!release.id().equals(id)) {
                throw new IllegalArgumentException("it is that of " + release.id());
            }
            return release;
        } catch (IllegalArgumentException e) {
            throw new StoreException(store, "the document of release " + id + " is damaged: " + e.getMessage(), e);
        }
    }
}
