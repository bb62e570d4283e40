package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The ledger in a directory on a local disk, owned by one process. {@code checkpoint}, {@code vkey} and {@code tile/}
 * are what C2SP's transparency-log tools read; {@code docs/reference/ledger.md} describes every file.
 *
 * <p>An append is durable in the write-ahead log when it returns; tiles and a signed checkpoint follow within 100 ms
 * or 256 entries, and on {@link #checkpoint()} and {@link #close()}.
 *
 * <p>An append that fails with an {@code IOException} after its entry was written, because forcing it to the disk
 * failed, may turn up in the ledger later: like any database, it then does not know.
 */
public final class FileLedger implements Ledger {

    /** Entries to a bundle; entries are dropped from full bundles alone. */
    public static final int BUNDLE = TilePath.FULL;

    private static final String CLOSED = "the ledger is closed";

    private final Path dir;
    private final Disk disk;
    private final Clock clock;
    private final OwnerLock owner;
    private final FilePeople people;
    private final WriteAheadLog wal;
    private final TilePublisher publisher;
    private final Publication publication;
    private final EntryReader reader;
    private final EntryTail tail;
    private final KeyKeeper keeper;
    private final HandOvers handOvers;
    private final Drops drops;
    private final List<Consumer<Checkpoint>> listeners = new CopyOnWriteArrayList<>();
    private final Projections projections = new Projections();
    private final ReentrantLock order = new ReentrantLock();
    private Instant latest; // of all entries so far; guarded by order
    private volatile boolean closed; // set under order

    private FileLedger(
            Path dir, String origin, Clock clock, LedgerKeys keys, Disk disk, OwnerLock owner, boolean keyless)
            throws IOException {
        this.dir = dir;
        this.disk = disk;
        this.clock = clock;
        this.owner = owner;
        SecureRandom random = new SecureRandom();
        LedgerStart.Start start = LedgerStart.of(disk, dir, origin, keys, random, keyless);
        publisher = new TilePublisher(disk, dir, start);
        keeper = new KeyKeeper(dir, keys, random);
        publisher.sweep();
        people = FilePeople.open(disk, dir, random);
        long tiled = start.checkpoint().size();
        List<byte[]> known = new ArrayList<>(publisher.unfinished());
        long first = tiled - known.size();
        TileFiles files = new TileFiles(disk, dir);
        List<byte[]> pending = WalRecovery.read(disk, dir.resolve("wal"), tiled);
        publisher.change(keeper.cutShort(start, tiled, pending, files).orElse(null));
        known.addAll(WalRecovery.recover(disk, dir.resolve("wal"), tiled));
        tail = new EntryTail(first);
        BundleReader bundles = new BundleReader(files);
        Dropper dropper = new Dropper(disk, dir, bundles, people);
        reader = new EntryReader(tail, bundles);
        for (byte[] entry : known) {
            tail.add(new EntryTail.Stored(EntryReader.decode(tail.end(), entry), entry));
        }
        wal = WriteAheadLog.open(disk, dir.resolve("wal"), tail.end());
        latest = tail.end() == 0
                ? Instant.MIN
                : entry(tail.end() - 1).time().plusMillis(Envelope.behind(raw(tail.end() - 1)));
        Inside inside = new Inside();
        handOvers = new HandOvers(inside, publisher, keeper);
        drops = new Drops(inside, dropper);
        publication = new Publication("ledger " + start.checkpoint().origin(), new Publication.Work() {
            @Override
            public long waiting() {
                return publisher.waiting(wal.synced());
            }

            @Override
            public void publish() throws IOException {
                FileLedger.this.publish();
            }
        });
        publication.nudge();
    }

    /**
     * Opens a ledger, or makes one where there is none.
     *
     * @param dir made when it is missing
     * @param origin name of a new ledger, for example {@code jenkins.example.org/release-rollback/1}; an existing one
     *     keeps the name it has, see {@link #origin()}, and then {@code null} will do
     * @param clock gives entries their time
     * @param keys keeps the private key
     * @throws LedgerInUseException when this or another process has it open
     * @throws DamagedLedgerException when its files contradict each other; nothing was changed
     * @throws LedgerKeyException when its private key is gone or damaged; nothing was changed
     */
    public static FileLedger open(Path dir, String origin, Clock clock, LedgerKeys keys) throws IOException {
        return open(dir, origin, clock, keys, new Disk());
    }

    static FileLedger open(Path dir, String origin, Clock clock, LedgerKeys keys, Disk disk) throws IOException {
        return open(dir, origin, clock, keys, disk, false).begin(() -> {});
    }

    /**
     * Opens an existing ledger whose private key is lost, because a person said so, and begins a new epoch: a new origin
     * and a new key, which nothing but this person's word links to the old one.
     *
     * @param origin of the new epoch; it must differ from the old one, and {@code null} counts on from there
     * @param keys gets the new key
     * @param who confirmed the loss, and why, for the entry
     */
    public static FileLedger openWithoutKey(
            Path dir, String origin, Clock clock, LedgerKeys keys, Actor who, String reason) throws IOException {
        FileLedger ledger = open(dir, null, clock, keys, new Disk(), true);
        String next = origin == null ? Epochs.after(ledger.origin(), new SecureRandom()) : origin;
        return ledger.begin(() -> ledger.startEpoch(next, HandOvers.KEY_LOST, 0, who, reason));
    }

    /**
     * Opens a ledger for reading and appending although its private key is lost. Nothing is signed any more: what is
     * appended stays in the write-ahead log. For one that is soon not needed any more.
     */
    static FileLedger openUnsigned(Path dir, Clock clock, LedgerKeys keys) throws IOException {
        return open(dir, null, clock, keys, new Disk(), true);
    }

    /** What is left to do before a ledger may be used. */
    @FunctionalInterface
    private interface Beginning {
        void run() throws IOException;
    }

    /** Ends what a crash cut short; closes the ledger when it cannot begin. */
    private FileLedger begin(Beginning first) throws IOException {
        try {
            first.run();
            drops.finish();
            return this;
        } catch (IOException | RuntimeException e) {
            try {
                close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static FileLedger open(Path dir, String origin, Clock clock, LedgerKeys keys, Disk disk, boolean keyless)
            throws IOException {
        disk.createDirectories(dir);
        OwnerLock owner = OwnerLock.take(dir);
        try {
            return new FileLedger(dir, origin, clock, keys, disk, owner, keyless);
        } catch (IOException | RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    @Override
    public String origin() {
        return publisher.checkpoint().origin();
    }

    @Override
    public Entry append(Event event, Condition condition) throws IOException, ConditionFailedException {
        Envelope.refuseReserved(event);
        return record(event, condition);
    }

    @Override
    public Entry rotateKey(Actor who, String reason) throws IOException {
        return handOvers.rotateKey(who, reason);
    }

    /**
     * Begins a new epoch, because a person confirmed that this ledger is to go on although somebody else holds more of
     * it, or something else under its name: a new origin, so that nobody confuses the two, and a new key.
     *
     * @param origin another than {@link #origin()}
     * @param why what was found
     * @param lost how many entries of the old epoch somebody else has seen, 0 when not more than are here
     * @param who and why, for the entry
     */
    public Entry startEpoch(String origin, String why, long lost, Actor who, String reason) throws IOException {
        return handOvers.startEpoch(origin, why, lost, who, reason);
    }

    /** Begins a new epoch, see {@link #startEpoch}. */
    @Override
    public Entry goOn(String why, long lost, Actor who, String reason) throws IOException {
        return startEpoch(Epochs.after(origin(), new SecureRandom()), why, lost, who, reason);
    }

    /** How many entries, from the first on, lie in bundles that are full: only of those any can be dropped. */
    public long droppable() throws IOException {
        return drops.droppable();
    }

    /**
     * Drops entries for good: their bytes, and the texts of their reasons. Their hashes stay, so that everything else is
     * proven as before, and the event, an entry that is never dropped itself, says which they were. All that one event
     * names is gone together, whatever crash comes between.
     *
     * @param swept of kind {@link EventKind#RETENTION_SWEPT}, with {@link SweptEntries} below {@link #droppable}
     * @param condition evaluated as for an append; when it fails nothing is dropped
     * @return the entry that says so
     */
    public Entry drop(Event swept, Condition condition) throws IOException, ConditionFailedException {
        return drops.drop(swept, condition);
    }

    /** Has everything that was computed from the entries computed anew, because some were dropped. Appends wait meanwhile. */
    @Override
    public void renew() throws IOException {
        order.lock();
        try {
            projections.rebuild(tail.end(), (from, to) -> reader.replay(to, from, tail.end()));
        } finally {
            order.unlock();
        }
    }

    private Entry record(Event event, Condition condition) throws IOException, ConditionFailedException {
        if (order.isHeldByCurrentThread()) {
            throw new IllegalStateException("append from inside a condition or a projection");
        }
        if (closed) {
            throw new IOException(CLOSED);
        }
        owner.requireOwned();
        String early = Envelope.data(event);
        String actor = people.commit(event.actor());
        String reason = event.reason() == null ? null : people.commit(event.reason());
        people.sync(actor, reason);
        Entry entry = null;
        try {
            entry = append(event, condition, early, actor, reason);
        } finally {
            if (entry == null && reason != null) {
                people.drop(reason);
            }
        }
        wal.sync(entry.index() + 1);
        publication.nudge();
        return entry;
    }

    /** Gives the entry its place. What is decided here is decided in the order of the entries; nothing waits here. */
    private Entry append(Event event, Condition condition, String early, String actor, String reason)
            throws IOException, ConditionFailedException {
        order.lock();
        try {
            if (closed) {
                throw new IOException(CLOSED);
            }
            if (wal.isBroken()) {
                long tiled = publisher.checkpoint().size();
                wal.repair(tiled, tail.bytes(tiled, tail.end()));
            }
            condition.check();
            // a condition may complete the event, for example with the fencing number that it has just looked up
            String data = condition == Condition.ALWAYS ? early : Envelope.data(event);
            Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            long behind = time.isBefore(latest) ? ChronoUnit.MILLIS.between(time, latest) : 0;
            byte[] bytes = Envelope.encode(event, data, time, behind, actor, reason);
            Entry entry = Envelope.decode(tail.end(), bytes);
            wal.append(entry.index(), bytes);
            latest = behind > 0 ? latest : time;
            tail.add(new EntryTail.Stored(entry, bytes));
            projections.apply(entry);
            return entry;
        } finally {
            order.unlock();
        }
    }

    /** Called by the publication's thread alone. */
    private void publish() throws IOException {
        owner.check();
        long to = keeper.publish(publisher, tail, wal.synced());
        listeners.forEach(listener -> listener.accept(publisher.checkpoint()));
        tail.dropBefore(to / TilePath.FULL * TilePath.FULL);
        order.lock();
        try {
            wal.trim(to);
        } finally {
            order.unlock();
        }
    }

    @Override
    public long size() {
        return tail.end();
    }

    @Override
    public Entry entry(long index) throws IOException {
        return reader.entry(index);
    }

    @Override
    public boolean isDropped(long index) throws IOException {
        return reader.isDropped(index);
    }

    @Override
    public byte[] raw(long index) throws IOException {
        return reader.raw(index).clone();
    }

    @Override
    public List<Entry> entries(long from, long to) throws IOException {
        return reader.entries(from, to);
    }

    @Override
    public Checkpoint checkpoint() throws IOException {
        long size = tail.end();
        wal.sync(size);
        if (publisher.checkpoint().size() < size || publisher.isChanging()) {
            publication.flush();
        }
        return publisher.checkpoint();
    }

    @Override
    public Tree tree() throws IOException {
        checkpoint();
        return Tree.read(disk, dir);
    }

    @Override
    public String sign(String kind, String body) {
        return publisher.sign(SignedNote.statement(kind, body));
    }

    @Override
    public void attach(Projection projection, long from) throws IOException {
        long next = from;
        for (long end = tail.end(); end - next > TilePath.FULL; end = tail.end()) { // most of it without the lock
            reader.replay(projection, next, end);
            next = end;
        }
        order.lock();
        try {
            reader.replay(projection, next, tail.end());
            projections.add(projection);
        } finally {
            order.unlock();
        }
    }

    @Override
    public void onCheckpoint(Consumer<Checkpoint> listener) {
        listeners.add(listener);
    }

    /**
     * What is wrong with the file system below, a sentence each for a person: whether what was forced to it stays, whether
     * locks hold. Tries it, which takes milliseconds.
     */
    public List<String> diskWarnings() {
        return DiskProbe.warnings(disk, dir);
    }

    @Override
    public FilePeople people() {
        return people;
    }

    /** Publishes what is left and lets go of the directory. Calling it again does nothing. */
    @Override
    public void close() throws IOException {
        order.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            order.unlock();
        }
        try (owner;
                people;
                wal;
                publication) {
            if (checkpoint().size() == tail.end()) {
                publication.close();
                wal.clear();
            }
        }
    }

    /** What the ledger does to itself may do more than append. */
    private final class Inside implements Drops.Log {

        @Override
        public long size() {
            return tail.end();
        }

        @Override
        public Entry entry(long index) throws IOException {
            return reader.entry(index);
        }

        @Override
        public Checkpoint checkpoint() throws IOException {
            return FileLedger.this.checkpoint();
        }

        @Override
        public Entry record(Event event, Condition condition) throws IOException, ConditionFailedException {
            return FileLedger.this.record(event, condition);
        }

        @Override
        public void announce(KeyChange change) {
            publisher.change(change);
        }

        @Override
        public void forgetPublished() throws IOException {
            order.lock();
            try {
                long tiled = publisher.checkpoint().size();
                wal.repair(tiled, tail.bytes(tiled, tail.end()));
            } finally {
                order.unlock();
            }
        }
    }
}
