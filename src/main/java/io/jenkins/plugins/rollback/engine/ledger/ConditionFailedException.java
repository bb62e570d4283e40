package io.jenkins.plugins.rollback.engine.ledger;

/** Something that was to be recorded may not happen (any more); the message says why, for a person. */
public class ConditionFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConditionFailedException(String message) {
        super(message);
    }
}
