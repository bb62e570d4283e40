package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;

/** An event that waits for its place in a shared order, and what became of it. Guarded by the ledger's order. */
final class Ticket {

    private final Event event;
    private final Condition condition;
    private Entry entry;
    private Exception failure;

    Ticket(Event event, Condition condition) {
        this.event = event;
        this.condition = condition;
    }

    Event event() {
        return event;
    }

    Condition condition() {
        return condition;
    }

    void done(Entry result) {
        entry = result;
    }

    void fail(Exception cause) {
        failure = cause;
    }

    boolean isSettled() {
        return entry != null || failure != null;
    }

    /** The entry, or what was thrown instead. */
    Entry result() throws IOException, ConditionFailedException {
        if (failure instanceof ConditionFailedException refused) {
            throw refused;
        }
        if (failure instanceof RuntimeException bad) {
            throw bad;
        }
        if (failure != null) {
            // made anew for each caller: several may have failed for the one cause
            throw failure instanceof StoreUnreachableException
                    ? new StoreUnreachableException(failure.getMessage(), failure)
                    : new IOException(failure.getMessage(), failure);
        }
        return entry;
    }
}
