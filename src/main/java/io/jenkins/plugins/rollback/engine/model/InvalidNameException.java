package io.jenkins.plugins.rollback.engine.model;

/** A service, environment, version or id that breaks {@link Names}; the message names the field and the rule. */
public class InvalidNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidNameException(String message) {
        super(message);
    }
}
