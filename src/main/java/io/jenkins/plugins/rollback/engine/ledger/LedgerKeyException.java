package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;

/**
 * The private key of a ledger is gone or cannot be used, so nothing can be signed and the ledger is not opened. No new
 * key is ever made in silence: somebody who holds the ledger's folder, and not the key, would go on under its name.
 * Restore the key, or let a person confirm the loss: {@link FileLedger#openWithoutKey},
 * {@link SharedLedger#openWithoutKey}.
 */
public final class LedgerKeyException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the key. */
    public enum State {
        /** There is none, although the ledger was made with one. */
        MISSING,
        /** What is there is no key. */
        DAMAGED,
        /** It is a key, but not the one whose public half is in {@code vkey}. */
        FOREIGN
    }

    private final State state;

    LedgerKeyException(State state, String message, Throwable cause) {
        super(message, cause);
        this.state = state;
    }

    public State state() {
        return state;
    }
}
