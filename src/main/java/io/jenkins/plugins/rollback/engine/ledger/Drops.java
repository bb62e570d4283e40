package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;

/** Drops entries from a ledger, one event at a time: announced, recorded, in the signed tree, then carried out. */
final class Drops {

    /** The ledger that entries are dropped from. */
    interface Log extends HandOvers.Log {

        Entry entry(long index) throws IOException;

        /** Takes out of the write-ahead log what the tiles hold, or held. */
        void forgetPublished() throws IOException;
    }

    private final Log log;
    private final Dropper dropper;

    Drops(Log log, Dropper dropper) {
        this.log = log;
        this.dropper = dropper;
    }

    /** See {@link FileLedger#droppable}. */
    long droppable() throws IOException {
        return log.checkpoint().size() / TilePath.FULL * TilePath.FULL;
    }

    /** See {@link FileLedger#drop}. */
    synchronized Entry drop(Event swept, Condition condition) throws IOException, ConditionFailedException {
        if (swept.kind() != EventKind.RETENTION_SWEPT
                || SweptEntries.read(swept.data()).length() > droppable()) {
            throw new IllegalArgumentException("not what entries can be dropped by: " + swept.data());
        }
        finish(); // one that failed half way
        dropper.announce(log.size());
        try {
            return log.record(swept, condition);
        } finally {
            finish();
        }
    }

    /** Carries out what was announced and recorded, should there be something. */
    synchronized void finish() throws IOException {
        long from = dropper.announced().orElse(Long.MAX_VALUE);
        if (from == Long.MAX_VALUE) {
            return;
        }
        long size = log.size();
        for (long index = from; index < size; index++) {
            Entry entry = log.entry(index);
            if (entry.kind() == EventKind.RETENTION_SWEPT) {
                log.checkpoint(); // the signed tree says so before anything is gone
                dropper.drop(SweptEntries.read(entry.data()));
            }
        }
        log.forgetPublished();
        dropper.done();
    }
}
