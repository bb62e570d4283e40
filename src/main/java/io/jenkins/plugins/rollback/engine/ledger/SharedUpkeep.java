package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;

/**
 * Changes the key that signs one controller's copy of a shared ledger. The entry that hands over gets its place in the
 * order of all controllers and is in the copies of all of them; what it means is known only where both keys are. It may
 * arrive late, with an answer that got lost or after a crash, so the copy acts when it sees the entry and not when
 * somebody appends it ({@link Replica#add}).
 */
final class SharedUpkeep implements HandOvers.Log {

    /** Appends what the ledger alone may say. */
    @FunctionalInterface
    interface Recorder {
        Entry record(Event event, Condition condition) throws IOException, ConditionFailedException;
    }

    private final Replica replica;
    private final Recorder recorder;
    private final HandOvers handOvers;

    SharedUpkeep(Replica replica, Recorder recorder) {
        this.replica = replica;
        this.recorder = recorder;
        handOvers = replica.handOvers(this);
    }

    /** See {@link SharedLedger#rotateKey}. */
    Entry rotateKey(Actor who, String reason) throws IOException {
        return handOvers.rotateKey(who, reason);
    }

    /** See {@link SharedLedger#openWithoutKey}. */
    Entry replaceLostKey(Actor who, String reason) throws IOException {
        return handOvers.replaceLostKey(who, reason);
    }

    @Override
    public long size() {
        return replica.size();
    }

    @Override
    public Checkpoint checkpoint() throws IOException {
        return replica.checkpoint();
    }

    @Override
    public Entry record(Event event, Condition condition) throws IOException, ConditionFailedException {
        return recorder.record(event, condition);
    }

    @Override
    public void announce(KeyChange change) {
        // the entry does
    }
}
