package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what nobody needs. Manifests go first, contents after them, so that whenever it dies each visible release has
 * all its contents. The caller holds the vault's lock, which keeps commits away.
 */
final class VaultCollector {

    /**
     * A retain stores contents before its manifest, and its ledger entry after it; whatever is younger than this may
     * belong to one that is going on.
     */
    static final Duration SPARED = Duration.ofDays(1);

    private final FileVault vault;
    private final VaultLayout layout;
    private final PackedContents packed;
    private final Instant before;

    VaultCollector(FileVault vault, VaultLayout layout, PackedContents packed, Clock clock) {
        this.vault = vault;
        this.layout = layout;
        this.packed = packed;
        this.before = clock.instant().minus(SPARED);
    }

    Collected collect(Set<ReleaseId> keep, boolean dryRun) throws IOException {
        List<ReleaseId> gone = new ArrayList<>();
        Set<String> needed = new HashSet<>();
        long bytes = 0;
        for (ReleaseId id : vault.releases()) {
            // throws for a damaged manifest, before anything was removed: it may need any content
            Manifest manifest = vault.manifest(id).orElseThrow();
            if (keep.contains(id) || !isOld(layout.manifest(id))) {
                needed.addAll(manifest.contents());
            } else {
                gone.add(id);
                bytes += Files.size(layout.manifest(id));
            }
        }
        if (!dryRun) {
            for (ReleaseId id : gone) {
                Files.deleteIfExists(layout.manifest(id));
                Durable.flushFolder(layout.manifest(id).getParent());
            }
        }
        long contents = 0;
        for (Path blob : unneeded(layout.allBlobs(), needed)) {
            contents++;
            bytes += remove(blob, dryRun);
        }
        Set<Path> recipes = unneeded(layout.allRecipes(), needed);
        for (Path recipe : recipes) {
            contents++;
            bytes += remove(recipe, dryRun);
        }
        bytes += packed.collect(recipes, dryRun); // after the recipes: until then they need their pieces
        for (Path leftover : VaultLayout.list(layout.temporary())) {
            if (isOld(leftover)) {
                bytes += remove(leftover, dryRun);
            }
        }
        return new Collected(gone, contents, bytes, dryRun);
    }

    private Set<Path> unneeded(List<Path> contents, Set<String> needed) throws IOException {
        Set<Path> unneeded = new LinkedHashSet<>();
        for (Path content : contents) {
            if (!needed.contains(content.getFileName().toString()) && isOld(content)) {
                unneeded.add(content);
            }
        }
        return unneeded;
    }

    private boolean isOld(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(before);
        } catch (NoSuchFileException e) {
            return false; // a writer's temporary file that was just renamed
        }
    }

    private static long remove(Path file, boolean dryRun) throws IOException {
        try {
            long size = Files.size(file);
            if (!dryRun) {
                Files.deleteIfExists(file);
            }
            return size;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
