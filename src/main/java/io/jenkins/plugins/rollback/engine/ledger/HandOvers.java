package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;

/** Changes the key that signs a ledger, one change at a time: each is an entry, then a checkpoint by the new key. */
final class HandOvers {

    /** Why an epoch begins without a word of the old key. */
    static final String KEY_LOST = "the private key was lost";

    /** The ledger whose key changes. */
    interface Log {

        /** How many entries it has. */
        long size();

        Checkpoint checkpoint() throws IOException;

        /** Like {@link Ledger#append(Event, Condition)}, but of the kinds that only the ledger itself may write. */
        Entry record(Event event, Condition condition) throws IOException, ConditionFailedException;

        /**
         * The entry that is about to get its place changes the key, before it can be published.
         *
         * @param change {@code null} when it did not get it
         */
        void announce(KeyChange change);
    }

    private final Log log;
    private final TilePublisher publisher;
    private final KeyKeeper keeper;

    HandOvers(Log log, TilePublisher publisher, KeyKeeper keeper) {
        this.log = log;
        this.publisher = publisher;
        this.keeper = keeper;
    }

    /** See {@link FileLedger#rotateKey}. */
    Entry rotateKey(Actor who, String reason) throws IOException {
        return carryOut(Event.of(EventKind.KEY_ROTATED).actor(who).reason(reason), origin());
    }

    /** See {@link FileLedger#startEpoch}. */
    Entry startEpoch(String origin, String why, long lost, Actor who, String reason) throws IOException {
        LedgerStart.requireOrigin(origin);
        if (origin.equals(origin())) {
            throw new IllegalArgumentException("a new epoch needs another origin than " + origin);
        }
        return carryOut(epoch(why, lost, who, reason), origin);
    }

    /**
     * Goes on with a new key under the same name, because the private key is lost and the name is not this controller's
     * to change.
     */
    Entry replaceLostKey(Actor who, String reason) throws IOException {
        return carryOut(epoch(KEY_LOST, 0, who, reason), origin());
    }

    private Event epoch(String why, long lost, Actor who, String reason) throws IOException {
        Checkpoint last = publisher.key() != null ? log.checkpoint() : publisher.checkpoint();
        Event event = Event.of(EventKind.EPOCH_STARTED)
                .actor(who)
                .reason(reason)
                .with("why", why)
                .with("size", last.size())
                .with("root", last.rootHash());
        return lost > last.size() ? event.with("lost", lost) : event;
    }

    private String origin() {
        return publisher.checkpoint().origin();
    }

    private synchronized Entry carryOut(Event event, String name) throws IOException {
        if (publisher.isAnnounced()) {
            log.checkpoint(); // the one before comes first, or its key would be forgotten
        }
        SigningKey old = publisher.key();
        SigningKey next = keeper.makeNext(old, name);
        HandOver.sign(old, publisher.verifier(), next).into(event);
        long[] index = {-1};
        try {
            Entry entry = log.record(event, () -> {
                index[0] = log.size();
                log.announce(new KeyChange(index[0], next)); // before the entry can be published
            });
            log.checkpoint();
            return entry;
        } catch (ConditionFailedException e) {
            throw new IllegalStateException(e); // it never fails
        } finally {
            if (log.size() == index[0]) {
                log.announce(null); // there is no entry that would announce it; the next start drops the key
            }
        }
    }
}
