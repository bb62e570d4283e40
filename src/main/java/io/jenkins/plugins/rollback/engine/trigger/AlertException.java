package io.jenkins.plugins.rollback.engine.trigger;

/** A body that is no alert; the message is one line and starts with the name of the offending field. */
public class AlertException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the sender's name of it, or {@code body}
     * @param message what is wrong with it: one line that quotes no more than a few words of the sender's
     */
    public AlertException(String field, String message) {
        super(field + ": " + message);
        this.field = field;
    }

    /** The field, or {@code body} when it is about the whole. */
    public String field() {
        return field;
    }
}
