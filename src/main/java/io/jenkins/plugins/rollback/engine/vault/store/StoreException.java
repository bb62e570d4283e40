package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.Printable;
import java.io.IOException;

/** A store that did not do what it was asked; the message is one line for a person and holds no secret. */
public class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param store as {@link ObjectStore#name} says it */
    public StoreException(String store, String what) {
        super(store + ": " + what);
    }

    /** With what went wrong below, whose own message is not shown. */
    public StoreException(String store, String what, Throwable cause) {
        super(store + ": " + what, cause);
    }

    /** Why an exchange failed for which the server gave no answer. */
    static String reason(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.UnknownHostException) {
                return "its host name is not known";
            }
            if (cause instanceof java.net.ConnectException) {
                return "nobody listens there, or the connection is refused";
            }
            if (cause instanceof java.io.InterruptedIOException) {
                return "it gave no answer in time";
            }
            if (cause instanceof javax.net.ssl.SSLException) {
                return "no secure connection: " + Printable.of(String.valueOf(cause.getMessage()));
            }
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : Printable.of(e.getMessage());
    }
}
