package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import io.jenkins.plugins.rollback.engine.vault.pack.PackReader;
import io.jenkins.plugins.rollback.engine.vault.pack.PackStore;
import io.jenkins.plugins.rollback.engine.vault.pack.PartsSource;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceRef;
import io.jenkins.plugins.rollback.engine.vault.pack.Written;
import io.jenkins.plugins.rollback.engine.vault.pack.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

    /** Recipes that are read to find out which pieces a service has: each takes some milliseconds. */
    private static final int MOST_RECIPES = 256;

    private final VaultLayout layout;
    private final PackStore packs;
    private final Clock clock;
    private final boolean wholePacks;

    /** @param wholePacks whether a pack that somebody needs something of stays as it is */
    PackedContents(VaultLayout layout, Clock clock, boolean wholePacks) {
        this.layout = layout;
        this.clock = clock;
        this.wholePacks = wholePacks;
        packs = new PackStore(layout.packs(), layout.proven());
    }

    /**
     * Stores a content.
     *
     * @param file has exactly the content, verified; it stays where it is
     * @return bytes added on disk; 0 when it is to be kept whole, be it that nothing is saved by taking it apart or
     *     that this went wrong
     */
    long put(String sha256, Path file) throws IOException {
        if (!takes(Files.size(file))) {
            return 0;
        }
        return put(
                        sha256,
                        Files.size(file),
                        true,
                        true,
                        (pack, id) -> packs.write(file, sha256, pack, id, this::recipe, clock.millis()))
                .orElse(0);
    }

    /**
     * Stores an archive of which only the parts are at hand. Whoever gave them is not believed that they make the archive,
     * which is therefore always put together as a whole.
     *
     * @param size bytes of the archive
     * @param publish false when the content is here already and only has to be shown
     * @return bytes added on disk; nothing when the content has to be had whole, for whatever reason
     */
    OptionalLong put(String sha256, long size, PartsSource parts, boolean publish) throws IOException {
        if (!takes(size)) {
            return OptionalLong.empty();
        }
        return put(
                sha256,
                size,
                publish,
                false,
                (pack, id) -> packs.write(parts, size, sha256, pack, id, this::recipe, clock.millis()));
    }

    private static boolean takes(long size) {
        return Zstd.isAvailable() && size >= SMALLEST;
    }

    /** Writes a pack aside; nothing when that is not worth it. */
    @FunctionalInterface
    private interface Writing {
        Optional<Written> write(Path pack, String id) throws IOException;
    }

    private OptionalLong put(String sha256, long size, boolean publish, boolean proven, Writing writing)
            throws IOException {
        Path pack = layout.newTemporary();
        String id = UUID.randomUUID().toString().replace("-", "");
        try {
            Optional<Written> written = writing.write(pack, id);
            if (written.isEmpty()) {
                return OptionalLong.empty();
            }
            RecipeFile pointer = new RecipeFile(written.get().recipe(), size);
            if (proven) {
                try (PackReader reader = new PackReader(name -> name.equals(id) ? pack : packs.file(name))) {
                    written.get().requireSame(reader);
                }
            }
            if (REBUILD || !proven) {
                requireRebuilt(sha256, id, pack, pointer);
            }
            if (!publish) {
                return OptionalLong.of(0);
            }
            long added = Files.size(pack) + publish(sha256, id, pack, pointer);
            packs.remember(written.get());
            return OptionalLong.of(added);
        } catch (IOException | RuntimeException e) {
            // whatever it is, the content itself is at hand, or can be had, and can be kept whole
            LOGGER.log(Level.WARNING, "content " + sha256 + " is kept whole: taking it apart failed", e);
            return OptionalLong.empty();
        } finally {
            Files.deleteIfExists(pack);
        }
    }

    /** Puts the whole content together, as a restore does. */
    private void requireRebuilt(String sha256, String id, Path pack, RecipeFile pointer) throws IOException {
        long size = 0;
        String found;
        try (InputStream again =
                PackStore.open(new PackReader(name -> name.equals(id) ? pack : packs.file(name)), pointer.recipe())) {
            MessageDigest digest = Sha256.digest();
            byte[] buffer = new byte[Sha256.BUFFER];
            for (int n = again.read(buffer); n >= 0; n = again.read(buffer)) {
                digest.update(buffer, 0, n);
                size += n;
            }
            found = Sha256.hex(digest);
        }
        if (!found.equals(sha256)) {
            throw new HashMismatchException("content " + sha256 + ", taken apart", sha256, found);
        }
        if (size != pointer.size()) {
            throw new IOException("it has " + size + " bytes, not " + pointer.size());
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

    /** The pieces of contents, of the newest first; those that are kept whole have none. */
    HeldPieces pieces(Collection<String> contents) throws IOException {
        Map<String, FileTime> times = new HashMap<>();
        for (String sha256 : contents) {
            Path file = layout.recipe(sha256);
            if (Files.exists(file)) {
                times.put(sha256, Files.getLastModifiedTime(file));
            }
        }
        List<String> newest = times.entrySet().stream()
                .sorted(Map.Entry.<String, FileTime>comparingByValue().reversed())
                .limit(MOST_RECIPES)
                .map(Map.Entry::getKey)
                .toList();
        HeldPieces pieces = new HeldPieces(
                packs::file, sha256 -> RecipeFile.read(layout.recipe(sha256)).map(RecipeFile::recipe));
        for (String sha256 : newest) {
            try {
                pieces.add(sha256);
            } catch (IOException e) {
                // verify tells whom it concerns; here it only means that pieces are asked for that would be here
                LOGGER.log(Level.WARNING, e, () -> "the pieces of " + sha256 + " are not used for new contents");
            }
        }
        return pieces;
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
                packs.delete(pack);
            }
        } finally {
            Files.deleteIfExists(smaller);
        }
    }
}
