package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.Base64;

/**
 * How a checkpoint that somebody else holds relates to a ledger.
 *
 * @param size how many entries the other checkpoint covers, 0 when it cannot be read
 * @param what for a person
 */
public record Continuity(State state, long size, String what) {

    /** The outcomes. */
    public enum State {
        /** The ledger has everything that the checkpoint covers, unchanged. */
        HELD,
        /** The ledger has less: it was cut off, or is an older copy. */
        OLDER,
        /** The ledger has something else: two copies went on beside each other, or history was written anew. */
        FORKED,
        /** The checkpoint is by a key that never signed this ledger. */
        FOREIGN
    }

    /** Whether going on as before would hide that something is wrong. */
    public boolean isBroken() {
        return state != State.HELD;
    }

    static Continuity of(Tree tree, KeyHistory history, String note) throws IOException {
        Checkpoint other;
        try {
            other = history.verify(note);
        } catch (IllegalArgumentException e) {
            return new Continuity(State.FOREIGN, 0, "a checkpoint that " + e.getMessage());
        }
        String covers = "a checkpoint of " + other.origin() + " that covers " + other.size() + " entries";
        long end = history.end(other.origin()).orElse(Long.MAX_VALUE);
        if (other.size() > end) { // what lies there a person gave up when the next epoch began
            return new Continuity(State.HELD, other.size(), covers + ", of an epoch that ended at " + end);
        }
        long size = tree.checkpoint().size();
        if (other.size() > size) {
            return new Continuity(State.OLDER, other.size(), covers + ", this ledger has " + size);
        }
        String root = Base64.getEncoder().encodeToString(tree.root(other.size()));
        return root.equals(other.rootHash())
                ? new Continuity(State.HELD, other.size(), covers)
                : new Continuity(State.FORKED, other.size(), covers + ", and they are not the ones that are here");
    }
}
