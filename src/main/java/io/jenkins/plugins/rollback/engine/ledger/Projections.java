package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The projections that hang on a ledger. A faulty one is reported and never keeps an entry from being recorded. */
final class Projections implements Projection {

    private static final Logger LOGGER = Logger.getLogger(Projections.class.getName());

    private final List<Projection> attached = new CopyOnWriteArrayList<>();

    Projections() {}

    Projections(List<Projection> attached) {
        this.attached.addAll(attached);
    }

    void add(Projection projection) {
        attached.add(projection);
    }

    @Override
    public void apply(Entry entry) {
        attached.forEach(projection -> apply(projection, entry));
    }

    /** Shows all of them the entries in their true order. */
    @Override
    public void rebuild(long unseen, Replay entries) throws IOException {
        for (Projection projection : attached) {
            projection.rebuild(unseen, entries);
        }
    }

    static void apply(Projection projection, Entry entry) {
        try {
            projection.apply(entry);
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.SEVERE,
                    e,
                    () -> "Ledger entry " + entry.index() + " (" + entry.kind().wire() + ") was recorded, but "
                            + projection.getClass().getName() + " could not take it");
        }
    }
}
