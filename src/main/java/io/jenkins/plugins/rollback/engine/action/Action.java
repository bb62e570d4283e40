package io.jenkins.plugins.rollback.engine.action;

import java.io.IOException;

/**
 * One thing that a way back does to one system: a weight set, a playbook run, a cache purged. Implementations for each
 * system live in packages of their own below this one.
 *
 * <p>Everything here is idempotent. Whoever carries an action out may crash at any instant, also between the effect and
 * the note of it; afterwards {@link #probe} is asked what remains, and calling any method once more than needed must not
 * change the end state.
 */
public interface Action {

    /**
     * Names the action within its rollback, the same in every process that carries it out: the journal is kept under
     * it. It satisfies {@code Names}.
     */
    String id();

    /** What it does, in one line for a person and for the ledger: no secret, no name of a person. */
    String describe();

    /**
     * Whether the wanted state already holds. Only looks, never changes anything; has a timeout of its own.
     *
     * @throws IOException when asking failed; counts as {@link Probe#UNKNOWN}
     * @throws InterruptedException when interrupted
     */
    Probe probe() throws IOException, InterruptedException;

    /**
     * Brings the wanted state about; returns when it holds.
     *
     * @throws IOException when it could not; the message is for a person and names no secret
     * @throws InterruptedException when interrupted; how far it got is then for {@link #probe} to say
     */
    void execute() throws IOException, InterruptedException;

    /**
     * Takes back what {@link #execute} did, as far as that is possible; does nothing where nothing was done.
     *
     * @throws IOException when it could not
     * @throws InterruptedException when interrupted
     */
    void undo() throws IOException, InterruptedException;
}
