package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A ledger that several controllers write. A {@link SharedStore} gives all their entries one order; each controller
 * keeps a signed copy of its own ({@link Replica}), which is what it reads. A condition is evaluated while no controller
 * can append and after the entries of all of them have been applied.
 *
 * <p>When the store does not answer for as long as the {@linkplain Setup#patience patience} lasts, entries go to a local
 * signed {@link Spool} and the ledger is {@linkplain #detached detached}. When the store is back they are merged in
 * order, and all projections are rebuilt in the order that resulted.
 */
public final class SharedLedger implements Ledger {

    private static final Logger LOGGER = Logger.getLogger(SharedLedger.class.getName());
    /** In the data of each entry: the name of the controller that wrote it. */
    static final String CONTROLLER = "controller";

    private static final String CLOSED = "the ledger is closed";
    private static final int BATCH = 256;
    private static final long RETRY_MILLIS = 100;

    private final Setup setup;
    private final SharedStore store;
    private final Replica replica;
    private final SharedPeople people;
    private final Spool spool;
    private final SharedOrder shared;
    private final SharedUpkeep upkeep;
    private final Projections projections = new Projections();
    private final Queue<Ticket> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock order = new ReentrantLock();
    private final StoreWatch watch;
    private boolean prepared; // guarded by order
    private long silentSince; // by the clock of System.nanoTime, 0 when the store answers; guarded by order
    private long applied; // entries of the replica that projections have seen in their place; guarded by order
    private volatile String detached;
    private volatile boolean closed; // set under order

    /**
     * How a controller takes part.
     *
     * @param dir of its copy; made when it is missing
     * @param origin name of the log, should it be new
     * @param controller name of this controller, written into each of its entries
     * @param keys of the private key that signs the copy
     * @param spoolKeys of the private key that signs what waits for the store
     * @param patience how long an append waits for a store that does not answer
     */
    public record Setup(
            Path dir, String origin, String controller, LedgerKeys keys, LedgerKeys spoolKeys, Duration patience) {}

    private SharedLedger(Setup setup, SharedStore store, Clock clock, Replica replica, Spool spool) {
        this.setup = setup;
        this.store = store;
        this.replica = replica;
        this.spool = spool;
        people = new SharedPeople(store, new SecureRandom());
        people.local(spool.people());
        shared = new SharedOrder(store, replica, people, clock);
        upkeep = new SharedUpkeep(replica, this::record);
        applied = replica.size();
        watch = new StoreWatch(this::look);
    }

    /** A person's word that a private key is lost. */
    private record Loss(Actor who, String reason) {}

    /**
     * Opens the ledger. A controller that has a copy may start while the store does not answer.
     *
     * @param store closed together with the ledger, or when it cannot be opened
     * @throws StoreUnreachableException when it does not answer and there is no copy yet
     * @throws DamagedLedgerException when store and copy contradict each other
     * @throws LedgerKeyException when a private key is gone or damaged; nothing was changed
     */
    public static SharedLedger open(Setup setup, SharedStore store, Clock clock) throws IOException {
        return open(setup, store, clock, null, new Disk());
    }

    /**
     * Opens the ledger although the private key of this controller's copy is lost, because a person said so, and goes on
     * with a new one, which nothing but this person's word links to the old one. The name stays: it belongs to all
     * controllers. What waits to be merged is merged, even when its own key is lost as well.
     *
     * @param who confirmed the loss, and why, for the entry
     * @throws StoreUnreachableException when the store does not answer: the entry has its place there
     */
    public static SharedLedger openWithoutKey(Setup setup, SharedStore store, Clock clock, Actor who, String reason)
            throws IOException {
        return open(setup, store, clock, new Loss(who, reason), new Disk());
    }

    /** Opens the ledger with its copy on a disk that may fail. */
    static SharedLedger open(Setup setup, SharedStore store, Clock clock, Disk disk) throws IOException {
        return open(setup, store, clock, null, disk);
    }

    private static SharedLedger open(Setup setup, SharedStore store, Clock clock, Loss loss, Disk disk)
            throws IOException {
        Replica replica = null;
        Spool spool = null;
        try {
            boolean known = Files.exists(setup.dir().resolve("checkpoint"));
            String origin = known ? null : store.prepare(setup.origin()).origin();
            replica = Replica.open(disk, setup.dir(), origin, setup.keys(), loss != null);
            spool = new Spool(setup.dir().resolve("spool"), clock, setup.spoolKeys(), loss != null);
            SharedLedger ledger = new SharedLedger(setup, store, clock, replica, spool);
            ledger.start(loss);
            return ledger;
        } catch (IOException | RuntimeException e) {
            store.close();
            try (Replica one = replica;
                    Spool other = spool) {
                LOGGER.log(Level.FINE, "Closing {0} and {1}", new Object[] {one, other});
            }
            throw e;
        }
    }

    private void start(Loss loss) throws IOException {
        order.lock();
        try {
            join(loss != null);
        } catch (StoreUnreachableException e) {
            detach(e);
        } finally {
            order.unlock();
        }
        if (!replica.canSign()) {
            requireStore("the key of its copy");
            upkeep.replaceLostKey(loss.who(), loss.reason());
        }
        watch.start();
    }

    /** Lets nobody change what only all controllers together can change. */
    private void requireStore(String what) throws StoreUnreachableException {
        String cause = detached;
        if (cause != null) {
            throw new StoreUnreachableException(
                    "this controller is cut off from the others: " + what + " can be changed when that is over ("
                            + cause + ")",
                    null);
        }
    }

    @Override
    public String origin() {
        return replica.origin();
    }

    @Override
    public Entry append(Event event, Condition condition) throws IOException, ConditionFailedException {
        Envelope.refuseReserved(event);
        return record(event, condition);
    }

    private Entry record(Event event, Condition condition) throws IOException, ConditionFailedException {
        if (order.isHeldByCurrentThread()) {
            throw new IllegalStateException("append from inside a condition or a projection");
        }
        event.with(CONTROLLER, setup.controller());
        Envelope.data(event); // refused before anybody waits
        Ticket ticket = new Ticket(event, condition);
        if (condition == Condition.ALWAYS) {
            waiting.add(ticket); // whoever has the next turn takes it along
        }
        order.lock();
        try {
            while (!ticket.isSettled()) {
                serve(ticket);
            }
            return ticket.result();
        } finally {
            order.unlock();
        }
    }

    private void serve(Ticket own) throws IOException {
        List<Ticket> batch = new ArrayList<>();
        if (own.condition() != Condition.ALWAYS) {
            batch.add(own);
        }
        for (Ticket next = waiting.poll(); next != null; next = batch.size() < BATCH ? waiting.poll() : null) {
            batch.add(next);
        }
        try {
            if (closed) {
                throw new IOException(CLOSED);
            }
            if (detached == null) {
                commit(batch);
            }
        } catch (StoreUnreachableException | DamagedLedgerException e) {
            detach(e);
        } catch (IOException | RuntimeException e) {
            batch.stream().filter(ticket -> !ticket.isSettled()).forEach(ticket -> ticket.fail(e));
        }
        batch.stream().filter(ticket -> !ticket.isSettled()).forEach(this::keepAside);
        shared.forgetDoubts();
    }

    private void commit(List<Ticket> batch) throws IOException {
        long until = System.nanoTime() + setup.patience().toNanos();
        while (true) {
            try {
                shared.append(batch, this::apply);
                return;
            } catch (StoreUnreachableException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                LOGGER.log(Level.FINE, "Trying again", e);
                StoreWatch.pause(RETRY_MILLIS);
            }
        }
    }

    private void apply(Entry entry) {
        applied = entry.index() + 1;
        projections.apply(entry);
    }

    private void keepAside(Ticket ticket) {
        try {
            if (Envelope.isReserved(ticket.event().kind())) {
                requireStore("the ledger itself"); // if it was recorded, the copy acts on it when it sees it
            }
            Entry entry = spool.append(origin(), ticket.event(), ticket.condition(), shared.tried(ticket));
            people.local(spool.people());
            projections.apply(entry);
            ticket.done(entry);
        } catch (ConditionFailedException | IOException | RuntimeException e) {
            ticket.fail(e);
        }
    }

    /** A store that is not what it was is left alone like one that does not answer: a person has to look at it. */
    private void detach(IOException cause) {
        if (!String.valueOf(cause.getMessage()).equals(detached)) {
            LOGGER.log(
                    cause instanceof StoreUnreachableException ? Level.WARNING : Level.SEVERE,
                    cause,
                    () -> "Entries are kept on this controller: " + cause.getMessage());
        }
        detached = String.valueOf(cause.getMessage());
    }

    /** Brings this controller and the store together, the first time or again. */
    private void join() throws IOException {
        join(false);
    }

    /** @param keyless a person has confirmed that a key is lost, so it may be missing at the end */
    private void join(boolean keyless) throws IOException {
        SharedStore.Head head = prepared ? store.head() : store.prepare(origin());
        prepared = true;
        if (spool.size() == 0) {
            shared.catchUp(head, this::apply);
        } else {
            shared.merge(spool, entry -> {}); // projections have seen them, but in another order
            projections.rebuild(applied, this::replay);
            applied = replica.size();
            spool.clear();
            people.local(null);
        }
        settleKey(keyless);
        if (detached != null) {
            LOGGER.info(() -> store + " answers again; nothing waits any more");
        }
        detached = null;
    }

    /** Ends a change of the key that was cut short: with the turn it is known whether its entry is there. */
    private void settleKey(boolean keyless) throws IOException {
        if (replica.isKeyUnsettled()) {
            shared.append(List.of(), this::apply);
            if (!keyless || replica.canSign()) {
                replica.settleKey();
            }
        }
    }

    /**
     * Signs this controller's copy with a new key from the next checkpoint on. The old key signs for the new one in an
     * entry, and is then forgotten; what it has signed stays verifiable. Other controllers' keys stay as they are.
     *
     * @throws StoreUnreachableException when the store does not answer. Should the entry have been recorded all the same,
     *     the new key takes over when the copy sees it
     */
    @Override
    public Entry rotateKey(Actor who, String reason) throws IOException {
        requireStore("the key of its copy");
        order.lock();
        try {
            settleKey(false); // one that failed half way
        } finally {
            order.unlock();
        }
        return upkeep.rotateKey(who, reason);
    }

    /** Called by the watch: hears of others' entries, notices that the store is gone or back. */
    private void look() {
        SharedStore.Head head = null;
        IOException gone = null;
        try {
            head = store.head(); // may take long when the store is gone, so nobody waits behind it
        } catch (IOException e) {
            gone = e;
        }
        if (gone == null && detached == null && head.size() == replica.size()) {
            people.upTo(head.erasures());
            return;
        }
        order.lock();
        try {
            if (closed) {
                return;
            }
            if (gone != null) {
                silence(gone);
            } else {
                silentSince = 0;
                join();
            }
        } catch (IOException e) {
            detach(e);
        } finally {
            order.unlock();
        }
    }

    /** An append that comes meanwhile finds out for itself; this is for the time when none comes. */
    private void silence(IOException gone) {
        long now = System.nanoTime();
        silentSince = silentSince == 0 ? now : silentSince;
        if (now - silentSince >= setup.patience().toNanos()) {
            detach(gone);
        }
    }

    @Override
    public Optional<String> detached() {
        return Optional.ofNullable(detached);
    }

    /** How many entries wait to be merged. Waits for nobody, as pages ask it. */
    public long spooled() {
        return spool.size();
    }

    @Override
    public long size() {
        return replica.size();
    }

    @Override
    public Entry entry(long index) throws IOException {
        return index < Spool.FIRST ? replica.reader().entry(index) : spool.entry(index);
    }

    @Override
    public byte[] raw(long index) throws IOException {
        return replica.reader().raw(index).clone();
    }

    @Override
    public List<Entry> entries(long from, long to) throws IOException {
        return replica.reader().entries(from, to);
    }

    /** Signed by this controller. What waits to be merged is not in it yet. */
    @Override
    public Checkpoint checkpoint() throws IOException {
        return replica.checkpoint();
    }

    @Override
    public void onCheckpoint(Consumer<Checkpoint> listener) {
        replica.onCheckpoint(listener);
    }

    @Override
    public Tree tree() throws IOException {
        checkpoint();
        return Tree.read(new Disk(), setup.dir());
    }

    @Override
    public String sign(String kind, String body) {
        return replica.sign(SignedNote.statement(kind, body));
    }

    private void replay(long from, Projection to) throws IOException {
        replica.reader().replay(to, from, replica.size());
    }

    @Override
    public void attach(Projection projection, long from) throws IOException {
        long next = from;
        for (long end = size(); end - next > TilePath.FULL; end = size()) { // most of it without the lock
            replica.reader().replay(projection, next, end);
            next = end;
        }
        order.lock();
        try {
            replay(next, projection);
            spool.replay(projection);
            projections.add(projection);
        } finally {
            order.unlock();
        }
    }

    @Override
    public SharedPeople people() {
        return people;
    }

    /** Publishes what is left and lets go of store and directory. Calling it again does nothing. */
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
        watch.close();
        try (store;
                spool;
                replica) {
            LOGGER.log(Level.FINE, "Closing {0}", store);
        }
    }
}
