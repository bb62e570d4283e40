package io.jenkins.plugins.rollback.engine.vault.pack;

import java.util.HashMap;
import java.util.Map;

/** Piece numbers as a recipe writes them: by how much each differs from the one after the last of the same pack. */
final class PieceNumbers {

    private final Map<Integer, Integer> next = new HashMap<>();

    /** What to write for a piece. */
    long difference(int pack, int number) {
        long difference = (long) number - next.getOrDefault(pack, 0);
        next.put(pack, number + 1);
        return difference;
    }

    /** Which piece was written. */
    long number(int pack, long difference) {
        long number = next.getOrDefault(pack, 0) + difference;
        next.put(pack, (int) number + 1);
        return number;
    }
}
