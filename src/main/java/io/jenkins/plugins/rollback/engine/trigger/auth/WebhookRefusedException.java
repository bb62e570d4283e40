package io.jenkins.plugins.rollback.engine.trigger.auth;

/**
 * A delivery whose signature does not hold. The message is for the log of the receiver; the sender gets the same answer
 * in every case, and the same as at an endpoint that does not exist, so that nobody learns anything by trying.
 */
public class WebhookRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Which check refused it. */
    public enum Why {
        /** No signature header. */
        MISSING,
        /** The header, or the signed message, is not of the form that is wanted. */
        MALFORMED,
        /** No valid secret makes this signature of this body, or this is no valid token. */
        WRONG,
        /** Signed too long ago, or in the future. */
        STALE,
        /** This very delivery was accepted before. */
        REPLAYED,
        /** More deliveries within the replay window than can be remembered. */
        TOO_MANY
    }

    private final Why why;

    WebhookRefusedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
