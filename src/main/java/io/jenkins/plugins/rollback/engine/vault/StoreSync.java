package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Copies what a store lacks, one release after the other, and says how it went. Thread safe. */
final class StoreSync {

    private static final Logger LOGGER = Logger.getLogger(StoreSync.class.getName());

    private final FileVault local;
    private final ObjectStore store;
    private final StoreWriter writer;
    private final Lock copying;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();

    /** Releases whose manifest in the store was compared with ours. */
    private final Set<ReleaseId> same = ConcurrentHashMap.newKeySet();

    private volatile StoreState state;

    /** @param copying held while a release is copied */
    StoreSync(FileVault local, ObjectStore store, StoreWriter writer, Lock copying, Clock clock) {
        this.local = local;
        this.store = store;
        this.writer = writer;
        this.copying = copying;
        this.clock = clock;
        state = new StoreState(store.name(), -1, null, null);
    }

    StoreState state() {
        return state;
    }

    /** For an executor: what goes wrong is in the state. */
    void runQuietly() {
        try {
            run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Releases could not be copied to the store", e);
        }
    }

    /** @return whether the store has everything; false also while another thread is at it, which then looks again */
    boolean run() {
        again.set(true);
        while (again.get() && running.compareAndSet(false, true)) {
            again.set(false);
            try {
                copyAll();
            } finally {
                running.set(false);
            }
        }
        return state.behind() == 0 && !state.isTroubled();
    }

    private void copyAll() {
        List<ReleaseId> lacking = new ArrayList<>();
        Exception problem = null;
        try {
            lacking.addAll(local.releases());
            Set<ReleaseId> there = new HashSet<>(store.releases());
            lacking.removeIf(id -> same.contains(id) && there.contains(id));
            for (ReleaseId id : List.copyOf(lacking)) {
                try {
                    copy(id);
                    same.add(id);
                    lacking.remove(id);
                } catch (ReleaseExistsException e) { // concerns this one alone
                    problem = e;
                }
            }
        } catch (IOException | RuntimeException e) { // the next run goes on from there
            problem = e;
            LOGGER.log(Level.WARNING, "Releases could not be copied to the store", e);
        }
        set(lacking.size(), problem == null ? null : problem.getMessage());
    }

    private void copy(ReleaseId id) throws IOException {
        copying.lock();
        try {
            Optional<Manifest> manifest = local.manifest(id);
            if (manifest.isPresent()) { // else somebody has just dropped it
                writer.copy(manifest.get());
            }
        } finally {
            copying.unlock();
        }
    }

    private void set(int behind, String problem) {
        StoreState before = state;
        Instant since = before.since() == null ? clock.instant() : before.since();
        state = new StoreState(store.name(), behind, problem == null ? null : since, problem);
    }

    /** Looks whether releases are whole in the store. */
    @FunctionalInterface
    interface Check {
        List<VaultFault> of(List<ReleaseId> releases) throws IOException;
    }

    /** Takes what a check of the store finds into the state: a mirror's damage is no damage of a release. */
    void check(Check check) throws IOException {
        List<VaultFault> faults = check.of(store(local.releases()));
        if (!faults.isEmpty()) {
            set(Math.max(0, state.behind()), faults.get(0).toString());
        }
    }

    private List<ReleaseId> store(List<ReleaseId> here) {
        List<ReleaseId> both = new ArrayList<>(here);
        try {
            both.retainAll(store.releases());
        } catch (IOException e) {
            set(Math.max(0, state.behind()), e.getMessage());
            both.clear();
        }
        return both;
    }
}
