package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.List;

/** Something that is computed from the ledger's entries alone and can be thrown away and rebuilt at any time. */
@FunctionalInterface
public interface Projection {

    /**
     * Takes the next entry. Called in order of the index, one call at a time, while appends wait: memory only, quick,
     * no I/O, no append. An entry that makes no sense to the projection is ignored, never an exception: what is in the
     * ledger has happened.
     */
    void apply(Entry entry);

    /** Entries of the ledger, to be shown once more. */
    @FunctionalInterface
    interface Replay {

        /** Applies the entries from one index on, in order, up to the newest. */
        void show(long from, Projection to) throws IOException;
    }

    /**
     * The order of the newest entries turned out to be another one than was {@linkplain #apply applied}: controllers
     * that share a ledger were apart and are together again. What computes a state from the entries forgets all of it
     * and takes {@code entries} from 0; nobody may see it half way. What only listens hears of the entries that are in
     * the ledger since then, its own among them.
     *
     * @param unseen the first entry that was not applied in its place before
     * @throws IOException when the entries cannot be read; it is tried again later
     */
    default void rebuild(long unseen, Replay entries) throws IOException {
        entries.show(unseen, this);
    }

    /** Several as one: they see the entries in one pass. A faulty one is reported and does not disturb the others. */
    static Projection all(List<Projection> projections) {
        return new Projections(projections);
    }
}
