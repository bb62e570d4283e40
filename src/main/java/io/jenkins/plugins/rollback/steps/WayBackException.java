package io.jenkins.plugins.rollback.steps;

/** The way back could not be started; the message says why, for a person. */
public final class WayBackException extends Exception {

    private static final long serialVersionUID = 1L;

    WayBackException(String message) {
        super(message);
    }
}
