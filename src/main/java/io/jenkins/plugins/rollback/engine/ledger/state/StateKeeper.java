package io.jenkins.plugins.rollback.engine.ledger.state;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.Projection;
import io.jenkins.plugins.rollback.engine.ledger.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Attaches projections to a ledger so that they need not see all of it again: each takes on the state that was kept of
 * it, and all see the entries after that in one pass. Now and then, and when somebody asks, their states are kept.
 */
public final class StateKeeper {

    /** The states are kept whenever so many entries have come. */
    static final int EVERY = 10_000;

    private static final Logger LOGGER = Logger.getLogger(StateKeeper.class.getName());

    private final Ledger ledger;
    private final Executor background;
    private final List<SavedProjection> projections;
    private final List<StateFile> files;
    private final AtomicBoolean due = new AtomicBoolean();
    private final Object saving = new Object();
    private boolean closed; // guarded by saving

    /**
     * Nothing is read or attached yet.
     *
     * @param folder gets a file for each; by custom {@code index} beside the ledger's tiles
     * @param background carries out what takes a while; never on the thread that calls it
     */
    public StateKeeper(Ledger ledger, Path folder, Executor background, List<SavedProjection> projections) {
        this.ledger = ledger;
        this.background = background;
        this.projections = List.copyOf(projections);
        files = this.projections.stream()
                .map(projection -> new StateFile(folder, projection))
                .toList();
    }

    /**
     * Brings the projections to where the ledger is, and keeps them there.
     *
     * @throws IOException when an entry cannot be read
     */
    public void attach() throws IOException {
        load();
        long from = projections.stream().mapToLong(SavedProjection::next).min().orElseGet(ledger::size);
        Count count = new Count();
        List<Projection> all = new ArrayList<>(projections);
        all.add(count);
        ledger.attach(Projection.all(all), from);
        count.begin();
    }

    private void load() {
        try {
            Tree tree = ledger.tree();
            files.parallelStream().forEach(file -> file.load(tree)); // a start waits for the longest, not for all
        } catch (IOException e) { // a full disk, for example, must not keep the ledger from being read
            LOGGER.log(Level.WARNING, "No state of an earlier run can be used", e);
        }
    }

    /** Keeps all states. @throws IOException when one cannot be written; it costs the next start time, nothing else */
    public void save() throws IOException {
        synchronized (saving) {
            for (StateFile file : files) {
                file.save(ledger);
            }
        }
    }

    /** Something that drops entries from the ledger. */
    @FunctionalInterface
    public interface Dropping<T> {
        T run() throws IOException;
    }

    /**
     * Lets entries be dropped from the ledger: what was computed from them, and would still name what they named, is
     * forgotten before, and computed and kept anew afterwards.
     *
     * @return what it returned
     */
    public <T> T anew(Dropping<T> dropping) throws IOException {
        synchronized (saving) { // nothing of before is kept meanwhile
            for (StateFile file : files) {
                file.forget();
            }
            try {
                return dropping.run();
            } finally {
                ledger.renew();
                tryToSave();
            }
        }
    }

    /** Keeps all states for the last time; the ledger may be closed then. */
    public void close() throws IOException {
        synchronized (saving) {
            if (!closed) {
                closed = true;
                save();
            }
        }
    }

    private void saveLater() {
        if (due.compareAndSet(false, true)) {
            background.execute(() -> {
                due.set(false);
                synchronized (saving) {
                    if (!closed) {
                        tryToSave();
                    }
                }
            });
        }
    }

    private void tryToSave() {
        try {
            save();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The next start will take longer: what is known of the ledger was not kept", e);
        }
    }

    /** Counts the entries that no file covers. */
    private final class Count implements Projection {

        private boolean begun;
        private int unsaved;

        /** What was replayed counts, and is kept when all of it has been. */
        synchronized void begin() {
            begun = true;
            look();
        }

        @Override
        public synchronized void apply(Entry entry) {
            unsaved++;
            look();
        }

        @Override
        public synchronized void rebuild(long unseen, Replay entries) {
            unsaved = EVERY; // nothing in the files need be right any more
            look();
        }

        private void look() {
            if (begun && unsaved >= EVERY) {
                unsaved = 0;
                saveLater();
            }
        }
    }
}
