package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.store.Blob;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import io.jenkins.plugins.rollback.engine.vault.store.StoredPart;
import io.jenkins.plugins.rollback.engine.vault.store.StoredRelease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;

/** Brings files of a release back from a store into the folder. Nothing takes its place before its hash was compared. */
final class StoreReader {

    private static final int LARGEST_MANIFEST = 64 << 20;

    private final VaultLayout layout;
    private final ObjectStore store;

    StoreReader(VaultLayout layout, ObjectStore store) {
        this.layout = layout;
        this.store = store;
    }

    /** The manifest of a release as the store has it, compared with its hash. */
    Optional<Manifest> manifest(ReleaseId id) throws IOException {
        Optional<StoredRelease> stored = store.find(id);
        return stored.isPresent() ? Optional.of(manifest(stored.get())) : Optional.empty();
    }

    private Manifest manifest(StoredRelease stored) throws IOException {
        Blob blob = stored.manifest();
        byte[] bytes;
        try (InputStream in = verified(stored.id(), blob)) {
            bytes = in.readNBytes(LARGEST_MANIFEST);
            if (in.read() >= 0) {
                throw new IOException("the manifest of release " + stored.id() + " is impossibly long");
            }
        }
        try {
            Manifest manifest = Manifest.parse(bytes);
            if (!manifest.id().equals(stored.id())) {
                throw new IllegalArgumentException("it is the manifest of " + manifest.id());
            }
            return manifest;
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    store.name() + ": the manifest of release " + stored.id() + " is damaged: " + e.getMessage(), e);
        }
    }

    private InputStream verified(ReleaseId id, Blob blob) throws IOException {
        return new VerifyingInputStream(
                store.open(id.service(), blob), store.name() + ": " + blob.digest(), blob.sha256());
    }

    /**
     * Writes parts of a release into the folder, its manifest last of all; packs before the recipes that rest on them.
     *
     * @param wanted which files; others stay as they are
     */
    void fetch(StoredRelease stored, Predicate<Path> wanted) throws IOException {
        Path json = layout.manifest(stored.id());
        Manifest manifest = manifest(stored);
        for (String folder : new String[] {"packs/", "recipes/", "blobs/"}) {
            for (StoredPart part : stored.parts()) {
                Path file = layout.root().resolve(part.name());
                if (part.name().startsWith(folder) && wanted.test(file)) {
                    fetch(stored.id(), part.blob(), file);
                }
            }
        }
        if (wanted.test(json)) {
            try (VaultLock lock = VaultLock.take(layout.lock())) {
                Durable.createFolders(json.getParent());
                Durable.write(json, manifest.toBytes(), layout.newTemporary());
            }
        }
    }

    private void fetch(ReleaseId id, Blob blob, Path file) throws IOException {
        Path temporary = layout.newTemporary();
        try {
            try (InputStream in = verified(id, blob);
                    FileChannel out =
                            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                byte[] buffer = new byte[Sha256.BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                }
                out.force(true);
            }
            try (VaultLock lock = VaultLock.take(layout.lock())) {
                Durable.createFolders(file.getParent());
                Durable.moveIn(temporary, file);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
