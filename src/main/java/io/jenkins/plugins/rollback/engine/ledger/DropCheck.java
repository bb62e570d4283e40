package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Holds what is missing in a ledger against what its entries say was dropped. */
final class DropCheck {

    private final BitSet gone = new BitSet();
    private final BitSet said = new BitSet();
    private final List<String> notes = new ArrayList<>();

    /** An entry has no bytes. */
    void gone(long index) {
        gone.set(Math.toIntExact(index));
    }

    /** @throws InvalidEventException when it does not say what it drops, or claims to drop what is not before it */
    void sweep(Entry entry) {
        BitSet entries = SweptEntries.read(entry.data());
        if (entries.length() > entry.index()) {
            throw new InvalidEventException("data.entries: names entries that were not there yet");
        }
        said.or(entries);
        List<String> keep = new ArrayList<>();
        entry.data().path("classes").fields().forEachRemaining(counted -> {
            JsonNode period = entry.data().path("keep").path(counted.getKey());
            keep.add(counted.getValue().asText() + " " + counted.getKey() + " kept for " + period.asText());
        });
        notes.add("entry " + entry.index() + " dropped " + entries.cardinality() + " entries: "
                + String.join(", ", keep));
    }

    long count() {
        return gone.cardinality();
    }

    /** The first entry that is missing although nothing says that it was dropped, or -1. */
    long firstUnexplained() {
        BitSet unexplained = (BitSet) gone.clone();
        unexplained.andNot(said);
        return unexplained.nextSetBit(0);
    }

    /** A sentence for each sweep, and one for what is still there. */
    List<String> notes() {
        BitSet there = (BitSet) said.clone();
        there.andNot(gone);
        List<String> all = new ArrayList<>(notes);
        if (!there.isEmpty()) {
            all.add(there.cardinality() + " entries from entry " + there.nextSetBit(0)
                    + " on are still there although they were to be dropped: a sweep was cut short");
        }
        return all;
    }
}
