package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.List;
import java.util.Objects;

/**
 * What a store has of a release: the files of a vault from which it can be restored.
 *
 * @param id the release
 * @param manifest the release's own manifest, which is among the parts, too
 * @param parts all files, in the order of their names
 */
public record StoredRelease(ReleaseId id, Blob manifest, List<StoredPart> parts) {

    /** Copies the list. */
    public StoredRelease {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(manifest, "manifest");
        parts = List.copyOf(parts);
    }

    /** The document by which a store knows it: an OCI image manifest, UTF-8. */
    public byte[] toBytes() {
        return ReleaseDocument.write(this);
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException when it is something else, saying why
     */
    public static StoredRelease parse(byte[] document) {
        return ReleaseDocument.read(document);
    }
}
