package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;

/** The store that several controllers share does not answer; it may do so later. */
public class StoreUnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message for a person, without a password */
    public StoreUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
