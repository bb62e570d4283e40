package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;

/**
 * Which entries a {@code retention.swept} event drops, as its {@code data} says it: under {@value #KEY}, a list of
 * ranges, each the first and the last index of a run of neighbours, in order.
 */
public final class SweptEntries {

    /** The key in {@code data}. */
    public static final String KEY = "entries";

    private SweptEntries() {}

    /** @param entries indexes */
    public static ArrayNode write(BitSet entries) {
        ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
        for (int from = entries.nextSetBit(0); from >= 0; ) {
            int end = entries.nextClearBit(from);
            ranges.addArray().add(from).add(end - 1);
            from = entries.nextSetBit(end);
        }
        return ranges;
    }

    /** How many ranges {@link #write} would make. */
    public static int ranges(BitSet entries) {
        int count = 0;
        for (int from = entries.nextSetBit(0); from >= 0; from = entries.nextSetBit(entries.nextClearBit(from))) {
            count++;
        }
        return count;
    }

    /** @throws InvalidEventException when the data holds no such list */
    public static BitSet read(ObjectNode data) {
        BitSet entries = new BitSet();
        JsonNode ranges = data.path(KEY);
        long before = -1;
        for (JsonNode range : ranges) {
            long first = range.path(0).asLong(-1);
            long last = range.path(1).asLong(-1);
            if (range.size() != 2 || first <= before || last < first || last >= Integer.MAX_VALUE) {
                throw new InvalidEventException(
                        "data." + KEY + ": " + range + " is no range that follows the one before");
            }
            entries.set((int) first, (int) last + 1);
            before = last;
        }
        if (entries.isEmpty()) {
            throw new InvalidEventException("data." + KEY + ": names no entry");
        }
        return entries;
    }
}
