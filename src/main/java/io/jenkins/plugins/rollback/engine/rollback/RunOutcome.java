package io.jenkins.plugins.rollback.engine.rollback;

/**
 * How carrying a list of actions out ended.
 *
 * @param end which way
 * @param action id of the action at which it ended, {@code null} when all are done
 * @param why for a person, {@code null} when all are done
 */
public record RunOutcome(End end, String action, String why) {

    /** The ways in which it can end. */
    public enum End {
        /** Every action is done. */
        DONE,
        /** An action failed; the ones after it were not begun. */
        FAILED,
        /** An action was begun earlier and nobody can tell how far it got: a person must look. */
        UNKNOWN,
        /** Somebody else holds the lease now and carries on; nothing more was done here. */
        FENCED_OFF
    }

    static RunOutcome done() {
        return new RunOutcome(End.DONE, null, null);
    }
}
