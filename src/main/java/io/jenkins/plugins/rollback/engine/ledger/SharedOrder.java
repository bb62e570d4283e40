package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings one controller and the shared store to the same order: takes over what others appended, and appends. Every
 * take-over compares the tree that results here with the one that the store's writers claim, so that a store which was
 * changed, cut off or replaced by an older copy is found at once. Guarded by the ledger's order.
 */
final class SharedOrder {

    private static final int CHUNK = 2_000;

    /** Reads entries: the store, as a turn sees it or as it is. */
    private final SharedStore store;

    private final Replica replica;
    private final SharedPeople people;
    private final Clock clock;
    private List<Ticket> doubted = List.of();
    private List<EntryTail.Stored> doubtedEntries = List.of();

    SharedOrder(SharedStore store, Replica replica, SharedPeople people, Clock clock) {
        this.store = store;
        this.replica = replica;
        this.people = people;
        this.clock = clock;
    }

    /**
     * Takes over what the store has more than this controller.
     *
     * @param to hears of each entry when it is here
     * @throws DamagedLedgerException when the store contradicts what this controller has seen before
     */
    void catchUp(SharedStore.Head head, Projection to) throws IOException {
        if (!head.origin().equals(replica.origin())) {
            throw new DamagedLedgerException("the database holds the log " + head.origin()
                    + ", but the copy of this controller is of " + replica.origin());
        }
        if (head.size() < replica.size()) {
            throw new DamagedLedgerException(
                    "the database holds " + head.size() + " entries, but this controller has seen " + replica.size()
                            + ": entries were deleted, or an older copy was restored");
        }
        people.upTo(head.erasures());
        if (head.size() > replica.size() || !head.rootHash().equals(replica.rootHash())) {
            List<byte[]> last = check(head);
            for (long from = replica.size(); from < head.size(); from = replica.size()) {
                long until = Math.min(from + CHUNK, head.size());
                for (byte[] bytes : until == head.size() ? last : store.entries(from, until)) {
                    EntryTail.Stored next = new EntryTail.Stored(EntryReader.decode(replica.size(), bytes), bytes);
                    replica.add(next);
                    Projections.apply(to, next.entry());
                }
                if (until < head.size()) {
                    replica.checkpoint(); // or a long way would be held in memory as a whole
                }
            }
        }
        settleDoubts();
    }

    /** Reads all that is new once before any of it is believed; returns the last chunk of it. */
    private List<byte[]> check(SharedStore.Head head) throws IOException {
        TileHasher tree = replica.hasher();
        List<byte[]> last = List.of();
        for (long from = replica.size(); from < head.size(); from += CHUNK) {
            last = store.entries(from, Math.min(from + CHUNK, head.size()));
            for (byte[] bytes : last) {
                tree.add(Merkle.leaf(bytes), (tile, hashes) -> {});
            }
        }
        if (tree.size() != head.size() || !Replica.root(tree).equals(head.rootHash())) {
            throw new DamagedLedgerException("the entries in the database, together with the " + replica.size()
                    + " that this controller has seen, do not have the root hash that the database states: entries were"
                    + " changed there");
        }
        return last;
    }

    /** What was committed although its answer got lost is among the entries by now, at exactly its place. */
    private void settleDoubts() throws IOException {
        for (int i = 0; i < doubted.size(); i++) {
            EntryTail.Stored mine = doubtedEntries.get(i);
            long index = mine.entry().index();
            if (index < replica.size() && Arrays.equals(replica.reader().raw(index), mine.bytes())) {
                doubted.get(i).done(mine.entry());
            }
        }
        doubted = List.of();
        doubtedEntries = List.of();
    }

    /** How the last attempt for a ticket may have ended well, or {@code null} when there is no doubt. */
    Spool.Tried tried(Ticket ticket) {
        int at = doubted.indexOf(ticket);
        return at < 0
                ? null
                : Spool.Tried.of(
                        doubtedEntries.get(at).entry().index(),
                        doubtedEntries.get(at).bytes());
    }

    /** The doubts have been written down elsewhere, or nobody has them any more. */
    void forgetDoubts() {
        doubted = List.of();
        doubtedEntries = List.of();
    }

    /**
     * Appends in one turn, and settles each ticket. Of several, only the first may have a condition: the others'
     * entries are shown to the projections when all are durable.
     *
     * @param to hears of each entry
     * @throws StoreUnreachableException leaving tickets unsettled, which may be tried again
     */
    void append(List<Ticket> tickets, Projection to) throws IOException {
        try (SharedStore.Turn turn = store.turn()) {
            catchUp(turn.head(), to);
            Draft draft = new Draft(turn);
            for (Ticket ticket : tickets) {
                if (ticket.isSettled()) {
                    continue; // it had been committed the last time
                }
                try {
                    ticket.condition().check();
                    draft.add(ticket);
                } catch (ConditionFailedException | RuntimeException e) {
                    ticket.fail(e);
                }
            }
            draft.commit(to);
        }
    }

    /**
     * Merges what waits in a spool, in its order, in turns of a few hundred; what was merged before, or had been
     * appended before it was spooled, is left out.
     *
     * @param to hears of entries, merged ones included, as they come
     */
    void merge(Spool spool, Projection to) throws IOException {
        long size = spool.size();
        long done = 0;
        while (done < size) {
            try (SharedStore.Turn turn = store.turn()) {
                catchUp(turn.head(), to);
                done = turn.merged(spool.id());
                long until = Math.min(size, done + TilePath.FULL);
                Draft draft = new Draft(turn);
                for (Event event : done < until ? spool.events(done, until) : List.<Event>of()) {
                    // a lease that is there is taken once more, under the number that its holder has
                    if (event.kind() == EventKind.LEASE_TAKEN || !isThere(event)) {
                        draft.add(new Ticket(event, Condition.ALWAYS));
                    }
                }
                if (done < until) {
                    turn.merged(spool.id(), until);
                    draft.change();
                    draft.commit(to);
                    done = until;
                }
            }
        }
        forgetDoubts();
    }

    private boolean isThere(Event event) throws IOException {
        long index = event.data().path("triedAs").asLong(-1);
        String hash = event.data().path("triedHash").asText();
        return index >= 0
                && index < replica.size()
                && Spool.Tried.of(index, replica.reader().raw(index)).hash().equals(hash);
    }

    /** What one turn is about to append. */
    private final class Draft {

        private final SharedStore.Turn turn;
        private final SharedPeople.Commitment commitment;
        private final TileHasher tree = replica.hasher();
        private final List<Ticket> tickets = new ArrayList<>();
        private final List<EntryTail.Stored> entries = new ArrayList<>();
        private long latest;
        private boolean changed;

        Draft(SharedStore.Turn turn) {
            this.turn = turn;
            commitment = people.new Commitment(turn);
            latest = turn.head().latest();
        }

        void add(Ticket ticket) throws IOException {
            Event event = ticket.event();
            String data = Envelope.data(event); // now: a condition may complete the event
            Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            long behind = Math.max(0, latest - time.toEpochMilli());
            byte[] bytes = Envelope.encode(
                    event, data, time, behind, commitment.of(event.actor()), commitment.of(event.reason()));
            entries.add(new EntryTail.Stored(Envelope.decode(tree.size(), bytes), bytes));
            tree.add(Merkle.leaf(bytes), (tile, hashes) -> {});
            latest = Math.max(latest, time.toEpochMilli());
            tickets.add(ticket);
        }

        /** Says that there is something to commit even when no entry is added. */
        void change() {
            changed = true;
        }

        void commit(Projection to) throws IOException {
            if (!entries.isEmpty()) {
                SharedStore.Head head = turn.head();
                turn.append(
                        entries.stream().map(EntryTail.Stored::bytes).toList(),
                        new SharedStore.Head(head.origin(), tree.size(), Replica.root(tree), latest, head.erasures()));
            } else if (!changed) {
                return;
            }
            doubted = tickets;
            doubtedEntries = entries;
            turn.commit();
            forgetDoubts();
            commitment.committed();
            for (int i = 0; i < entries.size(); i++) {
                replica.add(entries.get(i));
                Projections.apply(to, entries.get(i).entry());
                tickets.get(i).done(entries.get(i).entry());
            }
        }
    }
}
