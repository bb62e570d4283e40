package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The hashes of a published tree, read from its tiles as they are needed. Not thread safe; made for one proof. */
final class TileHashes implements Proofs.Hashes {

    private final TileFiles files;
    private final long size;
    private final Map<TilePath, List<byte[]>> read = new HashMap<>();

    /** @param size of the checkpointed tree whose tiles these are */
    TileHashes(TileFiles files, long size) {
        this.files = files;
        this.size = size;
    }

    @Override
    public byte[] subtree(int height, long number) throws IOException {
        int level = height / 8;
        int below = height % 8; // this many levels are not stored; their hashes follow from those that are
        long first = number << below;
        TilePath whole = new TilePath(level, first / TilePath.FULL, TilePath.FULL);
        TilePath tile = new TilePath(level, whole.number(), whole.widthIn(size));
        List<byte[]> hashes = read.get(tile);
        if (hashes == null) {
            hashes = files.hashes(tile);
            read.put(tile, hashes);
        }
        int from = (int) (first % TilePath.FULL);
        return Merkle.root(hashes.subList(from, from + (1 << below)));
    }
}
