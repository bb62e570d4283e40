package io.jenkins.plugins.rollback.engine.vault.store;

import java.io.IOException;

/**
 * Who we are to a store: a key id with its secret key, or a user with a password. Never shown.
 *
 * @param user key id or user name
 * @param secret secret key, password or token
 */
public record StoreSecret(String user, String secret) {

    /** Reads the secret anew for every connection: it may be exchanged while Jenkins runs. */
    @FunctionalInterface
    public interface Reader {

        /** For stores that ask for nothing, or that find credentials in their surroundings. */
        Reader NONE = () -> null;

        /** The secret, or {@code null} when there is none. */
        StoreSecret read() throws IOException;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "secret of " + user;
    }

    /** A text of the server's, without what must not be shown. */
    static String mask(StoreSecret secret, String text) {
        return secret == null || secret.secret().isEmpty() ? text : text.replace(secret.secret(), "****");
    }
}
