package io.jenkins.plugins.rollback.cli;

/** What was given cannot be used; the message is one line that says what and why. Ends with exit status 2. */
final class BadInputException extends Exception {

    private static final long serialVersionUID = 1L;

    BadInputException(String message) {
        super(message);
    }

    BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
