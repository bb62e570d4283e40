package io.jenkins.plugins.rollback.engine.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the files below {@code tile/}. */
final class TileFiles {

    private final Disk disk;
    private final Path ledger;
    private final Map<TilePath, byte[]> remembered = new HashMap<>();

    TileFiles(Disk disk, Path ledger) {
        this.disk = disk;
        this.ledger = ledger;
    }

    Path path(TilePath tile) {
        return tile.in(ledger);
    }

    /** @throws DamagedLedgerException when it is missing or has not the size that its name promises */
    List<byte[]> hashes(TilePath tile) throws IOException {
        byte[] bytes = read(tile);
        if (bytes.length != tile.width() * Merkle.HASH) {
            throw new DamagedLedgerException(
                    "tile/" + tile + " has " + bytes.length + " bytes instead of " + tile.width() * Merkle.HASH);
        }
        return split(bytes, tile.width());
    }

    /** The whole hashes in the content of a tile, at most as many as it is wide. */
    static List<byte[]> split(byte[] tile, int width) {
        List<byte[]> hashes = new ArrayList<>(width);
        for (int i = 0; i < Math.min(width, tile.length / Merkle.HASH); i++) {
            hashes.add(Arrays.copyOfRange(tile, i * Merkle.HASH, (i + 1) * Merkle.HASH));
        }
        return hashes;
    }

    /**
     * The entries of a bundle, each checked against its leaf hash; one that was dropped has no bytes.
     *
     * @throws DamagedLedgerException naming the first entry that is missing or is not what was stored
     */
    List<byte[]> entries(TilePath bundle) throws IOException {
        byte[] whole = find(bundle).orElse(null);
        byte[] content = whole != null ? whole : kept(bundle).orElse(null);
        if (content == null) {
            throw missing(bundle);
        }
        List<byte[]> entries = EntryBundle.decode(content);
        List<byte[]> hashes = hashes(new TilePath(0, bundle.number(), bundle.width()));
        for (int i = 0; i < hashes.size(); i++) {
            boolean dropped = whole == null && i < entries.size() && entries.get(i).length == 0;
            if (!dropped && (i >= entries.size() || !Arrays.equals(Merkle.leaf(entries.get(i)), hashes.get(i)))) {
                throw new DamagedLedgerException(
                        bundle.first() + i, "is not what was stored: tile/" + bundle + " does not match its hashes");
            }
        }
        return entries;
    }

    /** What is left of a bundle from which entries were dropped; empty when none were. */
    Optional<byte[]> kept(TilePath bundle) throws IOException {
        return KeptBundle.read(disk, ledger, bundle);
    }

    /**
     * Reads the partial tiles of a tree and remembers them: in a ledger that is in use they are soon replaced by wider
     * ones, while everything else stays as it is for ever.
     */
    void rememberRightEdge(long size) throws IOException {
        List<TilePath> edge = new ArrayList<>(TileHasher.partialTiles(size));
        edge.add(new TilePath(TilePath.ENTRIES, size / TilePath.FULL, (int) (size % TilePath.FULL)));
        for (TilePath tile : edge) {
            if (tile.width() > 0 && disk.exists(path(tile))) {
                remembered.put(tile, read(tile));
            }
        }
    }

    /** @throws DamagedLedgerException when it is missing */
    byte[] read(TilePath tile) throws IOException {
        return find(tile).orElseThrow(() -> missing(tile));
    }

    private static DamagedLedgerException missing(TilePath tile) {
        return new DamagedLedgerException("tile/" + tile + " is missing");
    }

    /** The content of a tile or bundle, or empty when it is missing. */
    Optional<byte[]> find(TilePath tile) throws IOException {
        byte[] known = remembered.get(tile);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            return Optional.of(disk.read(path(tile)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Writes a tile of hashes; {@link #write} says what is forced. */
    void write(TilePath tile, List<byte[]> hashes, List<Path> directories) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(hashes.size() * Merkle.HASH);
        hashes.forEach(bytes::writeBytes);
        write(tile, bytes.toByteArray(), directories);
    }

    /**
     * Writes and forces a file; its directory is added to {@code directories}, to be forced once for several. A file
     * that has this content already is only forced: writing would empty it first, and a crash just then would take from
     * a checkpoint what it signs.
     */
    void write(TilePath tile, byte[] content, List<Path> directories) throws IOException {
        Path file = path(tile);
        disk.createDirectories(file.getParent());
        if (Files.exists(file) && Arrays.equals(disk.read(file), content)) {
            disk.force(file);
        } else {
            disk.write(file, content);
        }
        if (!directories.contains(file.getParent())) {
            directories.add(file.getParent());
        }
    }

    /** Removes a partial tile or bundle that a wider one has taken the place of. */
    void removePartial(TilePath tile) throws IOException {
        Path file = path(tile);
        Files.deleteIfExists(file);
        if (tile.width() < TilePath.FULL) {
            try {
                Files.deleteIfExists(file.getParent());
            } catch (java.nio.file.DirectoryNotEmptyException e) {
                return; // the wider one lies there
            }
        }
    }
}
