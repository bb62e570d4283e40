package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.pack.PackReader;
import io.jenkins.plugins.rollback.engine.vault.pack.PackStore;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceRef;
import io.jenkins.plugins.rollback.engine.vault.pack.Written;
import io.jenkins.plugins.rollback.engine.vault.pack.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The contents of a vault that are taken apart into packs. A content counts as there when its recipe file is, which is
 * renamed into its place last, after all that it needs was read back from the packs and found to be the same.
 */
final class PackedContents {

    private static final Logger LOGGER = Logger.getLogger(PackedContents.class.getName());

    /** A pack and a recipe file for less than this would cost more than they save. */
    private static final long SMALLEST = 8 * 1024;

    /**
     * Whether each content is put together as a whole before it counts. It takes as long as finding out how to, and finds
     * nothing that reading back does not find: for those who would rather see than believe, tests among them.
     */
    private static final boolean REBUILD = Boolean.getBoolean("rollback.vault.rebuild");

    private final VaultLayout layout;
    private final PackStore packs;
    private final Clock clock;
    private final boolean wholePacks;

    /** @param wholePacks whether a pack that somebody needs something of stays as it is */
    PackedContents(VaultLayout layout, Clock clock, boolean wholePacks) {
        this.layout = layout;
        this.clock = clock;
        this.wholePacks = wholePacks;
        packs = new PackStore(layout.packs());
    }

    /**
     * Stores a content.
     *
     * @param file has exactly the content, verified; it stays where it is
     * @return bytes added on disk; 0 when it is to be kept whole, be it that nothing is saved by taking it apart or
     *     that this went wrong
     */
    long put(String sha256, Path file) throws IOException {
        if (!Zstd.isAvailable() || Files.size(file) < SMALLEST) {
            return 0;
        }
        Path pack = layout.newTemporary();
        try {
            return put(sha256, file, pack);
        } catch (IOException | RuntimeException e) {
            // whatever it is, the content itself is at hand and can be kept whole
            LOGGER.log(Level.WARNING, "content " + sha256 + " is kept whole: taking it apart failed", e);
            return 0;
        } finally {
            Files.deleteIfExists(pack);
        }
    }

    private long put(String sha256, Path file, Path pack) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        Optional<Written> written = packs.write(file, sha256, pack, id, this::recipe, clock.millis());
        if (written.isEmpty()) {
            return 0;
        }
        try (PackReader reader = new PackReader(name -> name.equals(id) ? pack : packs.file(name))) {
            written.get().requireSame(reader);
        }
        RecipeFile pointer = new RecipeFile(written.get().recipe(), Files.size(file));
        if (REBUILD) {
            requireRebuilt(sha256, id, pack, pointer);
        }
        return Files.size(pack) + publish(sha256, id, pack, pointer);
    }

    /** Puts the whole content together, as a restore does. */
    private void requireRebuilt(String sha256, String id, Path pack, RecipeFile pointer) throws IOException {
        try (InputStream again =
                PackStore.open(new PackReader(name -> name.equals(id) ? pack : packs.file(name)), pointer.recipe())) {
            String found = Sha256.of(again);
            if (!found.equals(sha256)) {
                throw new HashMismatchException("content " + sha256 + ", taken apart", sha256, found);
            }
        }
    }

    /** Under the lock, so that no clean-up takes away between the look and the rename what the recipe rests on. */
    private long publish(String sha256, String id, Path pack, RecipeFile pointer) throws IOException {
        byte[] bytes = pointer.toBytes();
        try (VaultLock lock = VaultLock.take(layout.lock());
                PackReader reader = new PackReader(name -> name.equals(id) ? pack : packs.file(name))) {
            PackStore.mark(reader, pointer.recipe(), new HashSet<>());
            Durable.moveIn(pack, packs.file(id));
            Path target = layout.recipe(sha256);
            Durable.createFolders(target.getParent());
            Durable.write(target, bytes, layout.newTemporary());
        }
        return bytes.length;
    }

    private Optional<PieceRef> recipe(String sha256) {
        try {
            return RecipeFile.read(layout.recipe(sha256)).map(RecipeFile::recipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The size of a content, when it is here. */
    Optional<Long> size(String sha256) throws IOException {
        return RecipeFile.read(layout.recipe(sha256)).map(RecipeFile::size);
    }

    /** The bytes of a content as they come out of the packs, when it is here; not verified. */
    Optional<InputStream> open(String sha256) throws IOException {
        Optional<RecipeFile> file = RecipeFile.read(layout.recipe(sha256));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    PackStore.open(new PackReader(packs::file), file.get().recipe()));
        } catch (IOException e) {
            throw new IOException("content " + sha256 + " cannot be read: " + Reason.of(e), e);
        }
    }

    /**
     * What a content rests on: every group, by its pack and first piece, with its bytes on disk; empty when the content is
     * not here.
     */
    Map<PieceRef, Long> groups(String sha256) throws IOException {
        Map<PieceRef, Long> lengths = new HashMap<>();
        Optional<RecipeFile> file = RecipeFile.read(layout.recipe(sha256));
        if (file.isPresent()) {
            Set<PieceRef> groups = new HashSet<>();
            try (PackReader reader = new PackReader(packs::file)) {
                PackStore.mark(reader, file.get().recipe(), groups);
                for (PieceRef group : groups) {
                    lengths.put(group, PackStore.length(reader, group));
                }
            }
        }
        return lengths;
    }

    /**
     * Frees what no recipe needs; the caller holds the lock.
     *
     * @param gone recipe files that count as removed already
     * @return bytes freed, or that would be
     */
    long collect(Set<Path> gone, boolean dryRun) throws IOException {
        Set<PieceRef> live = new HashSet<>();
        for (Path file : layout.allRecipes()) {
            if (!gone.contains(file)) {
                try (PackReader reader = new PackReader(packs::file)) {
                    // throws for a damaged one, before any pack was touched: it may need any piece
                    PackStore.mark(reader, RecipeFile.read(file).orElseThrow().recipe(), live);
                }
            }
        }
        long bytes = 0;
        for (String pack : packs.packs()) {
            long dead = packs.dead(pack, live);
            if (wholePacks && dead < Files.size(packs.file(pack))) {
                continue;
            }
            bytes += dead;
            if (dead > 0 && !dryRun) {
                shrink(pack, live);
            }
        }
        return bytes;
    }

    private void shrink(String pack, Set<PieceRef> live) throws IOException {
        Path smaller = layout.newTemporary();
        try {
            if (packs.copyLive(pack, live, smaller)) {
                Durable.moveIn(smaller, packs.file(pack));
            } else {
                Files.deleteIfExists(packs.file(pack));
            }
        } finally {
            Files.deleteIfExists(smaller);
        }
    }
}
