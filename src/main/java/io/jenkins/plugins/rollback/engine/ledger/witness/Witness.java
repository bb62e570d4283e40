package io.jenkins.plugins.rollback.engine.ledger.witness;

import java.io.IOException;
import java.util.Optional;

/**
 * Somebody outside who remembers the newest checkpoint of a ledger, so that whoever cuts the ledger off, or goes on from
 * an old copy, is found out. A witness need not understand what it keeps. Called from one thread at a time; may block
 * for seconds.
 */
public interface Witness {

    /** For people, for example {@code https://witness.example.org/shop}; holds no secret. */
    String name();

    /** The signed note that was kept last, or empty when there never was one. */
    Optional<String> last() throws IOException;

    /**
     * Keeps a signed note in place of the last one; returns when the witness has it.
     *
     * @throws IOException when it could not be kept, or somebody else kept another one meanwhile
     */
    void keep(String note) throws IOException;
}
