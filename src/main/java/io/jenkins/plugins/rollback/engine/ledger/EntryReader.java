package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds an entry wherever it is: in memory while it is new, in its bundle later. Thread safe. */
final class EntryReader {

    private final EntryTail tail;
    private final BundleReader bundles;

    EntryReader(EntryTail tail, BundleReader bundles) {
        this.tail = tail;
        this.bundles = bundles;
    }

    /**
     * The entry.
     *
     * @throws IndexOutOfBoundsException when there is no such entry
     * @throws DroppedEntryException when its bytes are gone
     */
    Entry entry(long index) throws IOException {
        Entry entry = find(index);
        if (entry == null) {
            throw new DroppedEntryException(index);
        }
        return entry;
    }

    private Entry find(long index) throws IOException {
        EntryTail.Stored stored = stored(index);
        if (stored != null) {
            return stored.entry();
        }
        byte[] bytes = bundles.entry(index);
        return bytes.length == 0 ? null : decode(index, bytes);
    }

    /** The entry's very bytes; do not modify. */
    byte[] raw(long index) throws IOException {
        EntryTail.Stored stored = stored(index);
        byte[] bytes = stored != null ? stored.bytes() : bundles.entry(index);
        if (bytes.length == 0) {
            throw new DroppedEntryException(index);
        }
        return bytes;
    }

    boolean isDropped(long index) throws IOException {
        return stored(index) == null && bundles.entry(index).length == 0;
    }

    private EntryTail.Stored stored(long index) {
        if (index < 0 || index >= tail.end()) {
            throw new IndexOutOfBoundsException("there is no entry " + index + ": the ledger has " + tail.end());
        }
        return tail.get(index);
    }

    /** Those of them that were not dropped. */
    List<Entry> entries(long from, long to) throws IOException {
        if (from < 0 || from > to || to > tail.end()) {
            throw new IndexOutOfBoundsException(
                    "entries " + from + " to " + to + " are not all there: the ledger has " + tail.end());
        }
        List<Entry> entries = new ArrayList<>();
        for (long index = from; index < to; index++) {
            Entry entry = find(index);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Shows a projection the entries {@code from} to {@code to} (exclusive), as far as they were not dropped. */
    void replay(Projection projection, long from, long to) throws IOException {
        for (long index = from; index < to; index++) {
            Entry entry = find(index);
            if (entry != null) {
                Projections.apply(projection, entry);
            }
        }
    }

    static Entry decode(long index, byte[] bytes) throws DamagedLedgerException {
        try {
            return Envelope.decode(index, bytes);
        } catch (InvalidEventException e) {
            throw new DamagedLedgerException(index, "cannot be read: " + e.getMessage());
        }
    }
}
