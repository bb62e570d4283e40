package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.index.Indexes;
import io.jenkins.plugins.rollback.engine.ledger.state.SavedProjection;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What is retained, what is deployed where, what is last-good and who holds which lease: a projection of the ledger,
 * rebuilt from it by replay. Thread safe; every answer is an immutable snapshot. Entries themselves are not kept but read
 * from the ledger when somebody asks for them: a million would not fit.
 *
 * <p>Whoever makes one attaches it: {@code ledger.attach(catalog)}. Attaching it twice is harmless.
 */
public final class Catalog implements SavedProjection {

    // a leaf: nothing that is called under it takes another lock, so conditions may ask while the ledger holds its own
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private final Ledger ledger;
    private CatalogTables tables = new CatalogTables(); // guarded by lock

    /** @param ledger that it will be attached to */
    public Catalog(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void apply(Entry entry) {
        lock.writeLock().lock();
        try {
            tables.apply(entry);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Whoever asks meanwhile is answered from what was known before. */
    @Override
    public void rebuild(long unseen, Replay entries) throws IOException {
        CatalogTables fresh = new CatalogTables();
        entries.show(0, fresh::apply);
        replace(fresh);
    }

    private void replace(CatalogTables fresh) {
        lock.writeLock().lock();
        try {
            tables = fresh;
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public int form() {
        return CatalogTables.FORM;
    }

    @Override
    public long next() {
        return read(() -> tables.next());
    }

    /** Appends wait meanwhile: some tens of milliseconds for a million entries. */
    @Override
    public long save(StateWriter out) {
        return read(() -> {
            tables.save(out);
            return tables.next();
        });
    }

    @Override
    public void load(StateReader in, long next) {
        replace(CatalogTables.load(in, next));
    }

    private <T> T read(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Services that any entry names. */
    public SortedSet<String> services() {
        return read(() -> Collections.unmodifiableSortedSet(new TreeSet<>(tables.services)));
    }

    /** Environments that any entry names. */
    public SortedSet<String> environments() {
        return read(() -> Collections.unmodifiableSortedSet(new TreeSet<>(tables.environments)));
    }

    /** Targets with at least one deployment or rollback. */
    public SortedSet<Target> targets() {
        return read(() -> {
            SortedSet<Target> targets = new TreeSet<>(tables.deployments.targets());
            targets.addAll(tables.rollbacks.targets());
            return Collections.unmodifiableSortedSet(targets);
        });
    }

    /** Retained releases of a service, newest first. */
    public List<Release> releases(String service) {
        return read(() -> tables.shelf.of(service));
    }

    public Optional<Release> release(ReleaseId id) {
        return read(() -> tables.shelf.find(id));
    }

    /** What is known of a release that a retention policy dropped, and that was not retained again. */
    public Optional<DroppedRelease> dropped(ReleaseId id) {
        return read(() -> tables.shelf.findDropped(id));
    }

    /**
     * For conditions: nothing may be begun with a release that is gone.
     *
     * @throws ConditionFailedException saying when and by which policy it was dropped
     */
    public void requireNotDropped(ReleaseId id) throws ConditionFailedException {
        Optional<DroppedRelease> dropped = dropped(id);
        if (dropped.isPresent()) {
            throw new ConditionFailedException(dropped.get().explanation());
        }
    }

    /** The pin of a release, when somebody pinned it. */
    public Optional<Pin> pin(ReleaseId id) {
        return read(() -> tables.pins.of(id));
    }

    /** Deployments of a target, newest first; one that a finished rollback made is among them, under its id. */
    public List<Deployment> deployments(Target target) {
        return read(() -> tables.deployments.of(target));
    }

    public Optional<Deployment> deployment(String id) {
        return read(() -> tables.deployments.find(id));
    }

    /** The newest deployment that succeeded, or was made by a finished rollback: what runs there now. */
    public Optional<Deployment> deployed(Target target) {
        return deployments(target).stream()
                .filter(deployment -> deployment.state() == Deployment.State.SUCCEEDED)
                .findFirst();
    }

    /**
     * The newest release whose deployment passed its gate and was not rolled back.
     *
     * @param leaving a version that does not count because it is the one to be left, or {@code null}
     */
    public LastGood lastGood(Target target, String leaving) {
        return read(() -> tables.search.among(tables.deployments.of(target), leaving));
    }

    /**
     * The newest deployments that count as last-good does, each of another version, newest first.
     *
     * @param most how many at most
     */
    public List<Deployment> good(Target target, int most) {
        return read(() -> tables.search.good(tables.deployments.of(target), most));
    }

    /** Deployments in state OPEN, over all targets, oldest first. */
    public List<Deployment> openDeployments() {
        return read(() -> tables.deployments.open());
    }

    /** Rollbacks of a target, newest first. */
    public List<RollbackInfo> rollbacks(Target target) {
        return read(() -> tables.rollbacks.of(target));
    }

    public Optional<RollbackInfo> rollback(String id) {
        return read(() -> tables.rollbacks.find(id));
    }

    /** Rollbacks that are proposed, requested or started, over all targets, oldest first. */
    public List<RollbackInfo> openRollbacks() {
        return read(() -> tables.rollbacks.open());
    }

    /** The current lease of a target. */
    public Optional<Lease> lease(Target target) {
        return read(() -> tables.leases.of(target));
    }

    /** All current leases. */
    public List<Lease> leases() {
        return read(() -> tables.leases.all());
    }

    /**
     * Entries about a deployment or rollback (its id in {@code data}), in order: the timeline of a view. Looks of its
     * gates and votes on its approvals are among them.
     *
     * @throws java.io.UncheckedIOException when the ledger cannot read one of them
     */
    public List<Entry> timeline(String deploymentOrRollback) {
        return Indexes.read(ledger, () -> read(() -> tables.timelines.of(deploymentOrRollback)));
    }

    /** The first entry of a kind about a deployment or rollback; fails like {@link #timeline}. */
    public Optional<Entry> first(String deploymentOrRollback, EventKind kind) {
        return timeline(deploymentOrRollback).stream()
                .filter(entry -> entry.kind() == kind)
                .findFirst();
    }
}
