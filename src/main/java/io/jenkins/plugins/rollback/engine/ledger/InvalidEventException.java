package io.jenkins.plugins.rollback.engine.ledger;

/** An event that breaks its schema; the message starts with the path of the offending field. Nothing was written. */
public class InvalidEventException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidEventException(String message) {
        super(message);
    }
}
