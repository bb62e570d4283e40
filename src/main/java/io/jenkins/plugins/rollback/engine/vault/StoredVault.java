package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.pack.HeldPieces;
import io.jenkins.plugins.rollback.engine.vault.pack.PartsSource;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import io.jenkins.plugins.rollback.engine.vault.store.StoredRelease;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A vault in a folder with a store beside it. The store is either a mirror, to which releases are copied after their
 * commit, or the primary place: then a release counts when the store has it, and the folder is a cache.
 *
 * <p>What the store lacks is found by comparing, never remembered: {@link #synchronize} may be killed anywhere. One
 * process at a time writes to a store.
 */
public final class StoredVault implements Vault, Closeable {

    /** What the store is for. */
    public enum Use {
        /** The folder counts; the store is there for when it rots or is lost. */
        MIRROR,
        /** The store counts. */
        PRIMARY
    }

    private final FileVault local;
    private final ObjectStore store;
    private final Use use;
    private final Executor executor;
    private final StoreSync sync;
    private final StoreReader reader;
    private final StoreWriter writer;
    private final StoreHealer healer;
    private final CacheTrimmer trimmer;
    private final Clock clock;

    /** Shared by who copies to the store, alone for who removes from it: else a sweep takes what a copy counts on. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** Of releases that only the store has: which contents they need. */
    private final StoreCatalog catalog;

    private StoredVault(FileVault local, ObjectStore store, Use use, long cacheBytes, Executor executor, Clock clock) {
        this.local = local;
        this.store = store;
        this.use = use;
        this.executor = executor;
        this.clock = clock;
        ReleaseParts parts = new ReleaseParts(local.layout(), local.packed());
        reader = new StoreReader(local.layout(), store);
        writer = new StoreWriter(parts, store);
        catalog = new StoreCatalog(store, reader);
        sync = new StoreSync(local, store, writer, lock.readLock(), clock);
        healer = new StoreHealer(local, store, reader, writer, lock.readLock());
        trimmer = new CacheTrimmer(local, use == Use.PRIMARY ? cacheBytes : 0);
    }

    /**
     * Opens the folder; the store is first asked when it is needed, and may be away until then.
     *
     * @param store closed with this
     * @param cacheBytes to which size the folder is trimmed when the store is the primary place; 0 for any size
     * @param executor runs what nobody waits for
     */
    public static StoredVault open(
            Path dir, ObjectStore store, Use use, long cacheBytes, Executor executor, Clock clock) throws IOException {
        FileVault local = use == Use.PRIMARY ? FileVault.openCache(dir, clock) : FileVault.open(dir, clock);
        return new StoredVault(local, store, use, cacheBytes, executor, clock);
    }

    /** How it stands with the store. */
    public StoreState state() {
        return sync.state();
    }

    /** What the last {@link #verify} repaired, one line each. */
    public List<String> healed() {
        return healer.healed();
    }

    /**
     * Copies to the store what it lacks, and trims the cache. One at a time: who comes second goes at once.
     *
     * @return whether the store now has everything; else {@link #state} says why not
     */
    public boolean synchronize() throws IOException {
        boolean done = sync.run();
        if (done && use == Use.PRIMARY) {
            lock.writeLock().lock();
            try {
                trimmer.trim(catalog.releases());
            } finally {
                lock.writeLock().unlock();
            }
        }
        return done;
    }

    @Override
    public Set<String> missing(Collection<String> sha256s) throws IOException {
        return local.missing(sha256s);
    }

    @Override
    public long put(String sha256, InputStream contents) throws IOException {
        return local.put(sha256, contents);
    }

    @Override
    public Optional<HeldPieces> pieces(Collection<String> sha256s) throws IOException {
        return local.pieces(sha256s);
    }

    @Override
    public OptionalLong put(String sha256, long size, PartsSource parts) throws IOException {
        return local.put(sha256, size, parts);
    }

    @Override
    public void commit(Manifest manifest) throws IOException {
        if (use == Use.MIRROR) {
            local.commit(manifest);
            executor.execute(sync::runQuietly);
            return;
        }
        lock.readLock().lock();
        try {
            refuseOther(manifest);
            local.requireContents(manifest);
            writer.copy(manifest);
            local.commit(manifest);
            catalog.add(manifest);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void refuseOther(Manifest manifest) throws IOException {
        Optional<Manifest> there = local.manifest(manifest.id());
        if (there.isPresent() && !there.get().hash().equals(manifest.hash())) {
            throw new ReleaseExistsException(manifest.id(), there.get().hash(), manifest.hash());
        }
    }

    @Override
    public Optional<Manifest> manifest(ReleaseId id) throws IOException {
        Optional<Manifest> here = local.manifest(id);
        return here.isPresent() || use == Use.MIRROR ? here : catalog.manifest(id);
    }

    @Override
    public List<ReleaseId> releases() throws IOException {
        if (use == Use.MIRROR) {
            return local.releases();
        }
        Set<ReleaseId> all = new TreeSet<>(catalog.releases());
        all.addAll(local.releases());
        return List.copyOf(all);
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        if (use == Use.PRIMARY && !local.missing(Set.of(sha256)).isEmpty()) {
            Optional<ReleaseId> id = catalog.releaseWith(sha256);
            if (id.isPresent()) {
                bring(id.get());
            }
        }
        return local.open(sha256);
    }

    /** Brings a release into the folder. */
    private void bring(ReleaseId id) throws IOException {
        Optional<StoredRelease> stored = store.find(id);
        if (stored.isPresent()) {
            healer.bring(stored.get());
        }
    }

    /** Also repairs from the store what is damaged here, and puts into the store again what it lost. */
    @Override
    public List<VaultFault> verify(Pace pace) throws IOException {
        List<VaultFault> faults = new ArrayList<>(healer.verify(pace));
        if (use == Use.MIRROR) {
            sync.check(healer::checkStore);
        } else {
            faults.addAll(healer.checkStore(releases()));
        }
        return faults;
    }

    /** Of releases that are in the folder. */
    @Override
    public Map<ReleaseId, Long> ownBytes(Set<ReleaseId> ids) throws IOException {
        return local.ownBytes(ids);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A release goes from the store first. So the folder remembers what has to go until it is gone from both, and a
     * folder that was lost takes nothing with it.
     *
     * @throws IOException also when the store does not answer; then nothing is removed
     */
    @Override
    public Collected gc(Set<ReleaseId> keep, boolean dryRun) throws IOException {
        if (dryRun) {
            return local.gc(keep, true);
        }
        lock.writeLock().lock();
        try {
            Set<ReleaseId> going = new HashSet<>(local.gc(keep, true).releases());
            if (use == Use.PRIMARY) {
                Set<ReleaseId> elsewhere = new HashSet<>(catalog.releases());
                local.releases().forEach(elsewhere::remove); // those are judged by their age, too
                elsewhere.removeAll(keep);
                going.addAll(elsewhere);
            }
            for (ReleaseId id : going) {
                store.drop(id);
                catalog.remove(id);
            }
            if (!going.isEmpty()) {
                store.sweep(clock.instant().minus(VaultCollector.SPARED));
            }
            return local.gc(keep, false);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
