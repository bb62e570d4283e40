package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceRef;
import io.jenkins.plugins.rollback.engine.vault.store.Blob;
import io.jenkins.plugins.rollback.engine.vault.store.BlobSource;
import io.jenkins.plugins.rollback.engine.vault.store.StoredPart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the files of a vault's folder from which one release can be restored. Thread safe. */
final class ReleaseParts {

    private final VaultLayout layout;
    private final PackedContents packed;

    /** Hashes of files by their path: a pack is part of many releases. */
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    /** A file as it was when it was hashed. */
    private record Known(long size, FileTime modified, Blob blob) {}

    ReleaseParts(VaultLayout layout, PackedContents packed) {
        this.layout = layout;
        this.packed = packed;
    }

    /** All files that the release needs, each with its bytes; the manifest itself is the caller's. */
    Map<StoredPart, BlobSource> of(Manifest manifest) throws IOException {
        Map<StoredPart, BlobSource> parts = new LinkedHashMap<>();
        add(parts, layout.root().resolve(StoredPart.FORMAT));
        Set<Path> packs = new TreeSet<>();
        for (String sha256 : manifest.contents()) {
            Path whole = layout.blob(sha256);
            if (Files.exists(whole)) {
                parts.put(new StoredPart(name(whole), new Blob(sha256, Files.size(whole))), BlobSource.of(whole));
            } else {
                for (PieceRef group : packed.groups(sha256).keySet()) {
                    packs.add(layout.pack(group.pack()));
                }
                add(parts, layout.recipe(sha256));
            }
        }
        for (Path pack : packs) {
            add(parts, pack);
        }
        byte[] json = manifest.toBytes();
        parts.put(new StoredPart(name(layout.manifest(manifest.id())), Blob.of(json)), BlobSource.of(json));
        return parts;
    }

    /** The parts in the order in which documents list them. */
    static List<StoredPart> sorted(Set<StoredPart> parts) {
        return parts.stream().sorted(Comparator.comparing(StoredPart::name)).toList();
    }

    private void add(Map<StoredPart, BlobSource> parts, Path file) throws IOException {
        parts.put(new StoredPart(name(file), blob(file)), BlobSource.of(file));
    }

    private String name(Path file) {
        return layout.root().relativize(file).toString().replace('\\', '/');
    }

    /** What a file holds. */
    private Blob blob(Path file) throws IOException {
        long size = Files.size(file);
        FileTime modified = Files.getLastModifiedTime(file);
        Known before = known.get(file);
        if (before != null && before.size() == size && before.modified().equals(modified)) {
            return before.blob();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Blob blob = new Blob(Sha256.of(in), size);
            known.put(file, new Known(size, modified, blob));
            return blob;
        }
    }
}
