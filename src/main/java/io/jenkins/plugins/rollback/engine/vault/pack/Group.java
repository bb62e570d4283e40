package io.jenkins.plugins.rollback.engine.vault.pack;

import java.util.List;

/**
 * Pieces of a pack that are compressed together.
 *
 * @param offset of its frame in the pack's file
 * @param length of its frame; 0 when a clean-up dropped it
 * @param depth 0, or one more than the deepest of its bases: how many groups have to be read to read it
 * @param firstPiece number of its first piece
 * @param pieces how many it has
 * @param size bytes of its pieces together
 * @param bases pieces that, one after the other, are its dictionary
 */
record Group(long offset, int length, int depth, int firstPiece, int pieces, int size, List<PieceRef> bases) {

    /** Bases are chosen so that no group is deeper than this. */
    static final int DEEPEST = 8;

    /** Pieces are gathered up to this many bytes; as large as a piece may be. */
    static final int FULL = 4 << 20;

    Group {
        bases = List.copyOf(bases);
    }

    boolean isDropped() {
        return length == 0;
    }

    Group at(long newOffset, int newLength) {
        return new Group(newOffset, newLength, depth, firstPiece, pieces, size, bases);
    }
}
