package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.store.Blob;
import io.jenkins.plugins.rollback.engine.vault.store.BlobSource;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import io.jenkins.plugins.rollback.engine.vault.store.StoredPart;
import io.jenkins.plugins.rollback.engine.vault.store.StoredRelease;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Copies releases of the folder to a store: all their files, then the document that makes them visible. */
final class StoreWriter {

    private final ReleaseParts parts;
    private final ObjectStore store;

    StoreWriter(ReleaseParts parts, ObjectStore store) {
        this.parts = parts;
        this.store = store;
    }

    /**
     * Copies a release that may not be visible in the folder yet, but whose contents are all there.
     *
     * @throws ReleaseExistsException when the store has it with another manifest
     */
    void copy(Manifest manifest) throws IOException {
        ReleaseId id = manifest.id();
        Optional<StoredRelease> there = store.find(id);
        if (there.isPresent()) {
            if (!there.get().manifest().sha256().equals(manifest.hash())) {
                throw new ReleaseExistsException(id, there.get().manifest().sha256(), manifest.hash());
            }
            return;
        }
        Map<StoredPart, BlobSource> files = parts.of(manifest);
        for (Map.Entry<StoredPart, BlobSource> file : files.entrySet()) {
            store.put(id.service(), file.getKey().blob(), file.getValue());
        }
        store.publish(new StoredRelease(id, Blob.of(manifest.toBytes()), ReleaseParts.sorted(files.keySet())));
    }

    /**
     * Looks whether everything is there that makes up a release, and puts again what is missing and still in the folder.
     *
     * @return what is missing and could not be brought back; nothing when all is well
     */
    Optional<String> complete(StoredRelease stored, Manifest manifest) throws IOException {
        Map<StoredPart, BlobSource> files = manifest == null ? Map.of() : parts.of(manifest);
        for (StoredPart part : stored.parts()) {
            if (!store.has(stored.id().service(), part.blob())) {
                BlobSource source = files.get(part);
                if (source == null) {
                    return Optional.of(store.name() + " lacks " + part.name());
                }
                store.put(stored.id().service(), part.blob(), source);
            }
        }
        return Optional.empty();
    }
}
