package io.jenkins.plugins.rollback.engine.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest entries, in memory: at least those that no full bundle on the disk holds yet. Thread safe.
 */
final class EntryTail {

    /** An entry and its bytes. */
    record Stored(Entry entry, byte[] bytes) {}

    private final List<Stored> stored = new ArrayList<>();
    private long first;

    /** @param first index that the next entry has */
    EntryTail(long first) {
        this.first = first;
    }

    synchronized void add(Stored next) {
        stored.add(next);
    }

    /** Index after the last entry. */
    synchronized long end() {
        return first + stored.size();
    }

    /** The entry, or {@code null} when it lies before the tail. */
    synchronized Stored get(long index) {
        return index < first ? null : stored.get(Math.toIntExact(index - first));
    }

    /** The bytes of the entries {@code from} to {@code to} (exclusive). */
    synchronized List<byte[]> bytes(long from, long to) {
        return stored.subList(Math.toIntExact(from - first), Math.toIntExact(to - first)).stream()
                .map(Stored::bytes)
                .toList();
    }

    /** Forgets the entries before {@code index}. */
    synchronized void dropBefore(long index) {
        if (index > first) {
            stored.subList(0, Math.toIntExact(index - first)).clear();
            first = index;
        }
    }
}
