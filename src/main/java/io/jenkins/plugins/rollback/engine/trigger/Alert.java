package io.jenkins.plugins.rollback.engine.trigger;

import io.jenkins.plugins.rollback.engine.model.Target;

/**
 * What a monitoring system says about a service.
 *
 * @param target service and environment
 * @param severity in the sender's words, for example {@code critical}; {@code unspecified} when it said none
 * @param dedupe the sender's key of the incident: equal for everything that is said about the same one
 * @param state whether it began or is over
 * @param summary free text for people, may be empty
 */
public record Alert(Target target, String severity, String dedupe, State state, String summary) {

    /** How the incident stands. */
    public enum State {
        FIRING,
        RESOLVED
    }
}
