package io.jenkins.plugins.rollback.engine.action;

/** What {@link Action#probe} found out about the system. */
public enum Probe {
    /** The wanted state holds: nothing remains to be done. */
    HOLDS,
    /** It does not hold: the action can be carried out. */
    DOES_NOT_HOLD,
    /** It cannot be told (the system does not answer, an agent is lost). Never taken for either of the others. */
    UNKNOWN
}
