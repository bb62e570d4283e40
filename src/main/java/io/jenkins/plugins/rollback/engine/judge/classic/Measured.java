package io.jenkins.plugins.rollback.engine.judge.classic;

/** What a threshold makes of one measurement: the words of Argo Rollouts. */
public enum Measured {
    /** As it should be. */
    SUCCESS,
    /** As it should not be. */
    FAILURE,
    /** Neither within what is a success nor within what is a failure. */
    INCONCLUSIVE,
    /** There was no number. */
    ERROR
}
