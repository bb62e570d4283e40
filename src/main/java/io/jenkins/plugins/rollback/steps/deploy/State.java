package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import java.io.IOException;
import java.io.Serializable;

/**
 * Where a step stands. Immutable. A state is saved before its work begins, so the work may be done again after a crash
 * and must then come to the same: everything it records goes under ids of the {@link Order}.
 */
public abstract class State implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The beginning of a {@code deployRelease}. */
    public static State deploying() {
        return new WaitForLease();
    }

    /** The beginning of a {@code rollbackRelease}. */
    public static State goingBack() {
        return new Request();
    }

    public abstract Phase phase();

    /** For the thread dump of the build: short, lower case. */
    public abstract String status();

    /**
     * Does what is to be done here.
     *
     * @return the next state, or this one to be asked again when the ledger or the clock has moved
     */
    abstract State work(Host host) throws IOException, InterruptedException, ConditionFailedException;

    /**
     * The step is stopped while its body does not run.
     *
     * @param how what it was stopped with; {@link BodyEnd#isInterrupted()} tells a person from an accident
     */
    abstract State stopped(Host host, BodyEnd how) throws IOException, InterruptedException, ConditionFailedException;

    /** Whether {@link #stopped} means anything; a state that only records goes on to its end. */
    boolean isStoppable() {
        return true;
    }

    /** Goes on by one state. To be called by one thread at a time. Never throws what a state threw. */
    public final State next(Host host, Throwable stop) {
        try {
            return stop != null && isStoppable() ? stopped(host, BodyEnd.threw(stop)) : work(host);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return this; // Jenkins is going down; the state is saved
        } catch (IOException | ConditionFailedException | RuntimeException e) {
            return broke(host, e);
        }
    }

    /** The work could not be done: the ledger refused, the disk is full, the configuration is gone. */
    State broke(Host host, Exception problem) {
        host.error(problem.getMessage() == null ? problem.toString() : problem.getMessage());
        return Done.failed(Errors.abort(problem));
    }
}
