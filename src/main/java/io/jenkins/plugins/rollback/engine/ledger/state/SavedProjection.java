package io.jenkins.plugins.rollback.engine.ledger.state;

import io.jenkins.plugins.rollback.engine.ledger.Projection;
import java.io.IOException;

/**
 * A projection whose state can be kept in a file. Entries hold no personal data and neither does what is computed from
 * them; a state must not hold anything that comes from the ledger's side table: erasing a person does not reach it.
 */
public interface SavedProjection extends Projection {

    /** Name of its file and of its log messages, for example {@code catalog}. */
    String name();

    /** Raised whenever the same entries give another state than before, or the state is written in another way. */
    int form();

    /** How many entries it has seen, from the first without a gap. */
    long next();

    /**
     * Writes the state down, canonically: what is rebuilt from nothing is written in the same bytes.
     *
     * @return {@link #next} of the state that was written
     */
    long save(StateWriter out);

    /**
     * Takes a state on.
     *
     * @param in what {@link #save} wrote
     * @param next how many entries it comes from
     * @throws IOException or a {@code RuntimeException} when it cannot be read; nothing was taken on then
     */
    void load(StateReader in, long next) throws IOException;
}
