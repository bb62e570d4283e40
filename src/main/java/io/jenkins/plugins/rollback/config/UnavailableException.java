package io.jenkins.plugins.rollback.config;

/** The ledger or the vault could not be opened; nothing can be done until an administrator has repaired that. */
public class UnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param message for a person: what failed and where to look */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
