package io.jenkins.plugins.rollback.engine.model;

/**
 * What a gate, or one metric of it, came to. The five are never folded into each other: what to do on each is the
 * analysis file's choice ({@code onInconclusive}, {@code onNoData}, {@code onError}).
 */
public enum Verdict {
    /** Evidence that the canary is not worse than the tolerance allows. */
    PASS,
    /** Evidence that the canary is worse than the tolerance allows. */
    FAIL,
    /** There was data, and it showed neither. */
    INCONCLUSIVE,
    /** The metric server answered, and had no data for the query. */
    NO_DATA,
    /** The metric server could not be asked, or answered something that is no answer. */
    ERROR
}
