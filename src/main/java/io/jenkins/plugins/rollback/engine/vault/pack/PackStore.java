package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.archive.Region;
import io.jenkins.plugins.rollback.engine.vault.archive.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Packs in a folder, written once each. Where files become durable and visible, and who may do so when, is decided by
 * the vault: this class only writes aside and reads.
 */
public final class PackStore {

    private static final Logger LOGGER = Logger.getLogger(PackStore.class.getName());

    /** Beyond this the packs of jars shrink by less than a per cent, and the compressor needs twice the time. */
    private static final int ARCHIVE_LEVEL = 9;

    private static final int PLAIN_LEVEL = 3;

    /** A plain file is tried by this many bytes from its middle. */
    private static final int SAMPLE = 128 * 1024;

    /** A plain file that does not shrink to this part of its size is better kept as it is. */
    private static final double WORTH = 0.9;

    /** An archive is taken apart even when that saves nothing: the next one will share its pieces. */
    private static final double WORTH_SHARING = 1.015;

    /**
     * Deflating again runs at a few MB/s: a larger archive would hold up its build for minutes, and going back to it, too.
     */
    public static final long LARGEST_ARCHIVE = 256L << 20;

    private static final String SUFFIX = ".pack";

    private final Path folder;
    private final ProvenStreams proven;
    private PieceIndex index = new PieceIndex();

    /** Of the files whose pieces the index has. */
    private final Map<String, Long> sizes = new HashMap<>();

    /**
     * @param folder exists
     * @param proven where is remembered what was found out about members; need not exist, and may be lost
     */
    public PackStore(Path folder, Path proven) {
        this.folder = folder;
        this.proven = new ProvenStreams(proven);
    }

    /** The file of a pack. */
    public Path file(String pack) {
        return folder.resolve(pack + SUFFIX);
    }

    /** Ids of all packs that are there. */
    public List<String> packs() throws IOException {
        List<String> packs = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                packs.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        }
        return packs;
    }

    /** The pieces of all packs that are there now; others may have written or collected some. */
    private synchronized PieceIndex refreshed() throws IOException {
        Map<String, Long> now = new HashMap<>();
        for (String pack : packs()) {
            now.put(pack, Files.size(file(pack)));
        }
        if (!now.entrySet().containsAll(sizes.entrySet())) {
            index = new PieceIndex(); // a clean-up took pieces away
            sizes.clear();
        }
        now.keySet().removeAll(sizes.keySet());
        for (Map.Entry<String, Long> pack : now.entrySet()) {
            try (PackFile file = PackFile.open(file(pack.getKey()), pack.getKey())) {
                index.add(file.directory());
            } catch (IOException e) {
                // verify tells whom it concerns; here it only means that its pieces cannot be shared
                LOGGER.log(Level.WARNING, e, () -> "pack " + pack.getKey() + " is not used for new contents");
            }
            sizes.put(pack.getKey(), pack.getValue());
        }
        return index;
    }

    /**
     * Takes a file apart into a new pack.
     *
     * @param file whole and unchanging
     * @param target where the pack is written; what is there afterwards is complete and flushed
     * @param pack id of the new pack
     * @param recipes finds the recipes of earlier files by their SHA-256
     * @param created milliseconds since 1970
     * @return what was written, to be {@link Written#requireSame compared} before it counts; nothing when keeping the file
     *     as it is would be as well
     */
    public Optional<Written> write(
            Path file,
            String sha256,
            Path target,
            String pack,
            Function<String, Optional<PieceRef>> recipes,
            long created)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Region region = Region.of(channel);
            boolean archive = Splitter.isArchive(region);
            if (archive ? region.size() > LARGEST_ARCHIVE : !shrinks(region)) {
                return Optional.empty();
            }
            ProvenStreams.Proving proving = proven.proving();
            PartsSource parts = (temporary, taker) -> Splitter.split(region, temporary, taker, proving);
            return write(parts, archive, region.size(), sha256, target, pack, recipes, created, proving);
        }
    }

    /**
     * Writes an archive that was taken apart somewhere else into a new pack.
     *
     * @param size bytes of the archive
     * @return as {@link #write(Path, String, Path, String, Function, long)}, whose other parameters these are
     */
    public Optional<Written> write(
            PartsSource parts,
            long size,
            String sha256,
            Path target,
            String pack,
            Function<String, Optional<PieceRef>> recipes,
            long created)
            throws IOException {
        // nothing was proven here: whoever took it apart is not believed
        return write(parts, true, size, sha256, target, pack, recipes, created, proven.proving());
    }

    private Optional<Written> write(
            PartsSource parts,
            boolean archive,
            long size,
            String sha256,
            Path target,
            String pack,
            Function<String, Optional<PieceRef>> recipes,
            long created,
            ProvenStreams.Proving proving)
            throws IOException {
        PieceIndex pieces = refreshed();
        Written written;
        try (PackReader reader = new PackReader(this::file);
                PackWriter writer = new PackWriter(target, pack)) {
            RecipeWriter taker = new RecipeWriter(
                    writer,
                    pack,
                    pieces,
                    new Neighbours(reader, pieces, recipes::apply),
                    archive ? ARCHIVE_LEVEL : PLAIN_LEVEL);
            parts.giveTo(target.getParent(), taker);
            written = taker.finish(proving.proven());
            writer.finish(sha256, created);
        }
        double most = size * (archive ? WORTH_SHARING : WORTH);
        return Files.size(target) <= most ? Optional.of(written) : Optional.empty();
    }

    /** Remembers what was proven while a file was taken apart; after its pack was compared and is in its place. */
    public void remember(Written written) {
        proven.save(written.recipe().pack(), written.proven());
    }

    /** Deletes a pack. */
    public void delete(String pack) throws IOException {
        Files.deleteIfExists(file(pack));
        proven.forget(pack);
    }

    private static boolean shrinks(Region region) throws IOException {
        int length = (int) Math.min(SAMPLE, region.size());
        byte[] sample = region.read((region.size() - length) / 2, length);
        return Zstd.compress(sample, new byte[0], 1).length < length * WORTH;
    }

    /**
     * The file that a recipe makes, as it comes out of the packs and not verified.
     *
     * @param reader closed with the stream, or when this fails
     */
    public static InputStream open(PackReader reader, PieceRef recipe) throws IOException {
        try {
            return new RecipeStream(reader, Recipe.read(reader, recipe));
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** Adds to {@code live} every group that a recipe needs, by its pack and first piece. */
    public static void mark(PackReader reader, PieceRef recipe, Set<PieceRef> live) throws IOException {
        mark(reader, live, List.of(recipe));
        mark(reader, live, Recipe.read(reader, recipe).pieces());
    }

    private static void mark(PackReader reader, Set<PieceRef> live, List<PieceRef> pieces) throws IOException {
        for (PieceRef piece : new HashSet<>(pieces)) {
            Group group = reader.group(piece);
            if (live.add(new PieceRef(piece.pack(), group.firstPiece()))) {
                if (group.isDropped()) {
                    throw new IOException("pack " + piece.pack() + " no longer has piece " + piece.piece());
                }
                mark(reader, live, group.bases());
            }
        }
    }

    /** Bytes on disk of a group that {@link #mark} named. */
    public static long length(PackReader reader, PieceRef group) throws IOException {
        return reader.group(group).length();
    }

    /**
     * How much of a pack nobody needs.
     *
     * @param live what {@link #mark} gathered for everything that is to be kept
     * @return bytes of its dead groups; the size of the whole file when all are dead
     */
    public long dead(String pack, Set<PieceRef> live) throws IOException {
        try (PackFile file = PackFile.open(file(pack), pack)) {
            long dead = 0;
            boolean any = false;
            for (Group group : file.directory().groups()) {
                boolean isLive = live.contains(new PieceRef(pack, group.firstPiece()));
                any |= isLive;
                dead += isLive ? 0 : group.length();
            }
            return any ? dead : Files.size(file(pack));
        }
    }

    /** Writes what is live of a pack to {@code target}, flushed; false when nothing is. */
    public boolean copyLive(String pack, Set<PieceRef> live, Path target) throws IOException {
        try (PackFile file = PackFile.open(file(pack), pack)) {
            Set<Integer> groups = new HashSet<>();
            for (int i = 0; i < file.directory().groups().size(); i++) {
                if (live.contains(
                        new PieceRef(pack, file.directory().groups().get(i).firstPiece()))) {
                    groups.add(i);
                }
            }
            if (!groups.isEmpty()) {
                PackWriter.copy(file, groups, target);
            }
            return !groups.isEmpty();
        }
    }
}
