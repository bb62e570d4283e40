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

    /** @throws IndexOutOfBoundsException when there is no such entry */
    Entry entry(long index) throws IOException {
        EntryTail.Stored stored = stored(index);
        return stored != null ? stored.entry() : decode(index, bundles.entry(index));
    }

    /** The entry's very bytes; do not modify. */
    byte[] raw(long index) throws IOException {
        EntryTail.Stored stored = stored(index);
        return stored != null ? stored.bytes() : bundles.entry(index);
    }

    private EntryTail.Stored stored(long index) {
        if (index < 0 || index >= tail.end()) {
            throw new IndexOutOfBoundsException("there is no entry " + index + ": the ledger has " + tail.end());
        }
        return tail.get(index);
    }

    List<Entry> entries(long from, long to) throws IOException {
        if (from < 0 || from > to || to > tail.end()) {
            throw new IndexOutOfBoundsException(
                    "entries " + from + " to " + to + " are not all there: the ledger has " + tail.end());
        }
        List<Entry> entries = new ArrayList<>();
        for (long index = from; index < to; index++) {
            entries.add(entry(index));
        }
        return entries;
    }

    /** Shows a projection the entries {@code from} to {@code to} (exclusive). */
    void replay(Projection projection, long from, long to) throws IOException {
        for (long index = from; index < to; index++) {
            Projections.apply(projection, entry(index));
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
