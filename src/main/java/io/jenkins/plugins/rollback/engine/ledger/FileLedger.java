package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

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
    private final Projections projections = new Projections();
    private final ReentrantLock order = new ReentrantLock();
    private Instant latest; // of all entries so far; guarded by order
    private volatile boolean closed; // set under order

    private FileLedger(Path dir, String origin, Clock clock, LedgerKeys keys, Disk disk, OwnerLock owner)
            throws IOException {
        this.dir = dir;
        this.disk = disk;
        this.clock = clock;
        this.owner = owner;
        SecureRandom random = new SecureRandom();
        LedgerStart.Start start = LedgerStart.of(disk, dir, origin, keys, random);
        publisher = new TilePublisher(disk, dir, start.key(), start.checkpoint());
        publisher.sweep();
        people = FilePeople.open(disk, dir, random);
        long tiled = start.checkpoint().size();
        List<byte[]> known = new ArrayList<>(publisher.unfinished());
        long first = tiled - known.size();
        known.addAll(WalRecovery.recover(disk, dir.resolve("wal"), tiled));
        tail = new EntryTail(first);
        reader = new EntryReader(tail, new BundleReader(new TileFiles(disk, dir)));
        for (byte[] entry : known) {
            tail.add(new EntryTail.Stored(EntryReader.decode(tail.end(), entry), entry));
        }
        wal = WriteAheadLog.open(disk, dir.resolve("wal"), tail.end());
        latest = tail.end() == 0
                ? Instant.MIN
                : entry(tail.end() - 1).time().plusMillis(Envelope.behind(raw(tail.end() - 1)));
        publication = new Publication("ledger " + start.checkpoint().origin(), new Publication.Work() {
            @Override
            public long waiting() {
                return wal.synced() - publisher.checkpoint().size();
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
     */
    public static FileLedger open(Path dir, String origin, Clock clock, LedgerKeys keys) throws IOException {
        return open(dir, origin, clock, keys, new Disk());
    }

    static FileLedger open(Path dir, String origin, Clock clock, LedgerKeys keys, Disk disk) throws IOException {
        disk.createDirectories(dir);
        OwnerLock owner = OwnerLock.take(dir);
        try {
            return new FileLedger(dir, origin, clock, keys, disk, owner);
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
        if (order.isHeldByCurrentThread()) {
            throw new IllegalStateException("append from inside a condition or a projection");
        }
        if (closed) {
            throw new IOException(CLOSED);
        }
        String early = Envelope.data(event);
        String actor = people.commit(event.actor());
        String reason = event.reason() == null ? null : people.commit(event.reason());
        people.sync();
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
        long from = publisher.checkpoint().size();
        long to = wal.synced();
        if (from == to) {
            return;
        }
        publisher.publish(tail.bytes(from, to));
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
        if (publisher.checkpoint().size() < size) {
            publication.flush();
        }
        return publisher.checkpoint();
    }

    @Override
    public Tree tree() throws IOException {
        checkpoint();
        return LedgerProof.tree(disk, dir);
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
}
