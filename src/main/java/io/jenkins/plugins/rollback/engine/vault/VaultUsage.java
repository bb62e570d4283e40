package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds out which files and groups of a vault belong to one release alone. In memory about 300 bytes for each of them. */
final class VaultUsage {

    /** What several releases use belongs to none. */
    private static final Optional<ReleaseId> SHARED = Optional.empty();

    private final FileVault vault;
    private final VaultLayout layout;
    private final PackedContents packed;

    VaultUsage(FileVault vault, VaultLayout layout, PackedContents packed) {
        this.vault = vault;
        this.layout = layout;
        this.packed = packed;
    }

    Map<ReleaseId, Long> ownBytes(Set<ReleaseId> ids) throws IOException {
        Map<String, Optional<ReleaseId>> contents = new HashMap<>();
        Map<ReleaseId, Long> own = new TreeMap<>();
        for (ReleaseId id : vault.releases()) {
            Optional<Manifest> manifest = vault.manifest(id);
            if (manifest.isPresent()) {
                manifest.get().contents().forEach(content -> use(contents, content, Optional.of(id)));
                if (ids.contains(id)) {
                    own.put(id, sizeOf(layout.manifest(id)));
                }
            }
        }
        Map<PieceRef, Optional<ReleaseId>> groups = new HashMap<>();
        Map<PieceRef, Long> lengths = new HashMap<>();
        for (Map.Entry<String, Optional<ReleaseId>> content : contents.entrySet()) {
            long files = sizeOf(layout.blob(content.getKey())) + sizeOf(layout.recipe(content.getKey()));
            content.getValue().ifPresent(id -> own.computeIfPresent(id, (key, bytes) -> bytes + files));
            Map<PieceRef, Long> used = packed.groups(content.getKey());
            used.keySet().forEach(group -> use(groups, group, content.getValue()));
            lengths.putAll(used);
        }
        groups.forEach((group, owner) ->
                owner.ifPresent(id -> own.computeIfPresent(id, (key, bytes) -> bytes + lengths.get(group))));
        return own;
    }

    private static <T> void use(Map<T, Optional<ReleaseId>> owners, T thing, Optional<ReleaseId> user) {
        owners.merge(thing, user, (one, other) -> one.equals(other) ? one : SHARED);
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
