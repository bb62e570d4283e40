package io.jenkins.plugins.rollback.engine.trigger;

import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Instant;

/**
 * What a monitoring system says about a service.
 *
 * @param target service and environment
 * @param severity in the sender's words, for example {@code critical}; {@code unspecified} when it said none
 * @param dedupe the sender's key of the incident: equal for everything that is said about the same one
 * @param state whether it began or is over
 * @param summary free text for people, may be empty
 * @param link where people read more: an http or https URL, or empty
 * @param at when it began, or was over, by the sender's clock; {@code null} when the sender did not say
 */
public record Alert(
        Target target, String severity, String dedupe, State state, String summary, String link, Instant at) {

    /** How the incident stands. */
    public enum State {
        FIRING,
        RESOLVED
    }

    /** One about whose time and place nothing is said. */
    public Alert(Target target, String severity, String dedupe, State state, String summary) {
        this(target, severity, dedupe, state, summary, "", null);
    }

    /** Summary and link, for people; may be empty. */
    public String text() {
        return link.isEmpty() ? summary : (summary + " (" + link + ")").strip();
    }
}
