package io.jenkins.plugins.rollback.engine.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds the tiles of a tree as its leaves arrive: remembers the right-most tile of each level, and hands out each
 * tile as it becomes full. Not thread safe.
 */
final class TileHasher {

    /** Takes a tile. */
    @FunctionalInterface
    interface Sink<X extends Exception> {
        /** @param hashes as many as the tile is wide */
        void take(TilePath tile, List<byte[]> hashes) throws X;
    }

    private final List<List<byte[]>> edge = new ArrayList<>(); // by level
    private long size;

    TileHasher() {}

    /** @param edge the hashes of the right-most tile of each level, as {@link #partial} gives them */
    TileHasher(long size, List<List<byte[]>> edge) {
        this.size = size;
        edge.forEach(level -> this.edge.add(new ArrayList<>(level)));
    }

    TileHasher copy() {
        return new TileHasher(size, edge);
    }

    long size() {
        return size;
    }

    /** Adds a leaf; {@code full} gets the tiles that this completes, the lowest level first. */
    <X extends Exception> void add(byte[] leafHash, Sink<X> full) throws X {
        size++;
        byte[] hash = leafHash;
        for (int level = 0; hash != null; level++) {
            if (level == edge.size()) {
                edge.add(new ArrayList<>(TilePath.FULL));
            }
            List<byte[]> tile = edge.get(level);
            tile.add(hash);
            hash = null;
            if (tile.size() == TilePath.FULL) {
                hash = Merkle.root(tile);
                long number = (size >>> 8 * (level + 1)) - 1;
                full.take(new TilePath(level, number, TilePath.FULL), List.copyOf(tile));
                tile.clear();
            }
        }
    }

    /** The tiles that are neither empty nor full, the lowest level first. */
    <X extends Exception> void partial(Sink<X> sink) throws X {
        for (int level = 0; level < edge.size(); level++) {
            List<byte[]> tile = edge.get(level);
            if (!tile.isEmpty()) {
                sink.take(new TilePath(level, size >>> 8 * (level + 1), tile.size()), List.copyOf(tile));
            }
        }
    }

    /** The root over all leaves so far. */
    byte[] root() {
        if (size == 0) {
            return Merkle.sha256(new byte[0]);
        }
        byte[] root = null;
        for (List<byte[]> tile : edge) { // from the right edge upwards: lower levels are the smaller subtrees
            if (!tile.isEmpty()) {
                root = Merkle.root(tile, root);
            }
        }
        return root;
    }

    /** The tiles of a tree of that size that are neither empty nor full, the lowest level first. */
    static List<TilePath> partialTiles(long size) {
        List<TilePath> tiles = new ArrayList<>();
        for (int level = 0; size >>> 8 * level > 0; level++) {
            int width = (int) (size >>> 8 * level & 255);
            tiles.add(new TilePath(level, size >>> 8 * (level + 1), width));
        }
        return tiles;
    }
}
