package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The append-only record of everything that happened, and the only database of this product: what is deployed where,
 * who holds a lease, which approvals wait, is all {@linkplain Projection projected} from it.
 *
 * <p>Implementations are thread safe.
 */
public interface Ledger extends Closeable {

    /** The name of this log in its checkpoints, for example {@code jenkins.example.org/release-rollback/1}. */
    String origin();

    /**
     * Appends an event; returns when it is durable and every attached projection has seen it.
     *
     * @return the entry as stored, with its index
     * @throws InvalidEventException when the event breaks its schema; nothing was written
     * @throws IOException when it could not be made durable; the ledger stays readable
     */
    default Entry append(Event event) throws IOException {
        try {
            return append(event, Condition.ALWAYS);
        } catch (ConditionFailedException e) {
            throw new IllegalStateException(e); // ALWAYS does not fail
        }
    }

    /**
     * Appends an event if a condition holds. The condition is evaluated when all attached projections have seen every
     * earlier entry and no other append can come between: this is how two clicks, two builds or two controllers that
     * want the same thing at once end with exactly one outcome.
     *
     * @throws ConditionFailedException what the condition threw; nothing was written
     */
    Entry append(Event event, Condition condition) throws IOException, ConditionFailedException;

    /** How many entries there are. */
    long size();

    /**
     * The entry at a place.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
     * @throws DroppedEntryException when it {@linkplain #isDropped was dropped}
     */
    Entry entry(long index) throws IOException;

    /**
     * Whether the retention schedule has dropped the bytes of an entry. Its hash stays in the tree, and a
     * {@code retention.swept} entry says why.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
     */
    default boolean isDropped(long index) throws IOException {
        return false;
    }

    /**
     * Entries {@code from} (inclusive) to {@code to} (exclusive), in order, without those that were dropped; at most a few
     * thousand at a time.
     */
    List<Entry> entries(long from, long to) throws IOException;

    /**
     * The very bytes of an entry, whose hash is in the tree; a copy.
     *
     * @throws DroppedEntryException when they are gone
     */
    byte[] raw(long index) throws IOException;

    /**
     * The tree of a signed checkpoint that covers at least every entry whose append has returned: what proofs are made
     * from. It stays usable while the ledger grows, not after the ledger is closed.
     */
    Tree tree() throws IOException;

    /**
     * Signs a statement with the key that signs checkpoints; {@link SignedNote#verify} reads it. It cannot be taken for
     * a checkpoint.
     *
     * @param kind what sort of statement, one line, for example {@code export}
     * @param body lines, none of them empty, each ending in a line feed
     * @return a C2SP signed-note
     */
    String sign(String kind, String body) throws IOException;

    /** A signed checkpoint that covers at least every entry whose append has returned. */
    Checkpoint checkpoint() throws IOException;

    /**
     * Tells of each new checkpoint, once it is on the disk. A ledger that signs only when it is asked tells nothing.
     *
     * @param listener must return quickly and not append
     */
    default void onCheckpoint(Consumer<Checkpoint> listener) {}

    /**
     * Records that a person lets this ledger go on although somebody else holds more of it, or something else under its
     * name. A ledger with one owner begins a new epoch; in a shared one, whose order is not this controller's alone, the
     * word is recorded and the name stays.
     *
     * @param why what was found, for a person
     * @param lost how many entries somebody else has seen, 0 when not more than are here
     * @param who and why, for the entry
     */
    default Entry goOn(String why, long lost, Actor who, String reason) throws IOException {
        return append(Event.of(EventKind.OVERRIDE)
                .actor(who)
                .reason(reason)
                .with("what", "ledger on hold")
                .with("was", why)
                .with("now", "goes on"));
    }

    /**
     * Signs with a new key from the next checkpoint on. The old key signs for the new one in an entry, and is then
     * forgotten; what it has signed stays verifiable.
     *
     * @param who and why, for the entry
     * @return the entry that hands over
     * @throws IOException when it failed; the ledger then goes on with the old key, or, when the entry was recorded, with
     *     the new one as soon as it can be published
     * @throws UnsupportedOperationException when this ledger's key is not kept here
     */
    default Entry rotateKey(Actor who, String reason) throws IOException {
        throw new UnsupportedOperationException("the key of this ledger is not kept here");
    }

    /**
     * Replays all entries into the projection, then keeps it up to date: each later append applies it before it
     * returns, in the order of the entries, one at a time.
     */
    default void attach(Projection projection) throws IOException {
        attach(projection, 0);
    }

    /**
     * Like {@link #attach(Projection)}, for a projection that has seen the first entries already, in an earlier run.
     *
     * @param from the first entry that it has not seen, 0 to {@link #size()}
     */
    void attach(Projection projection, long from) throws IOException;

    /**
     * Has all attached projections computed anew from the entries that are still there, because some were dropped. Where
     * none ever is, it does nothing.
     */
    default void renew() throws IOException {}

    /**
     * Why this ledger is cut off from the store that it shares with other controllers, for a person; empty when it is
     * not, and always for a ledger that is not shared. Meanwhile entries are kept aside, and neither leases nor limits
     * can be trusted: nothing may start that no person starts.
     */
    default Optional<String> detached() {
        return Optional.empty();
    }

    /** The erasable side table: clear text behind the commitments of actors and reasons. */
    People people();
}
