package io.jenkins.plugins.rollback.webhook;

import io.jenkins.plugins.rollback.engine.trigger.log.Effect;
import io.jenkins.plugins.rollback.engine.trigger.log.Outcome;
import java.util.List;

/**
 * What became of a delivery: what the sender is told, and what only the log of the endpoint says.
 *
 * @param reason in one line, for administrators
 * @param kind which check refused it, for folding equal ones; empty where something was accepted
 */
record Handled(Answer answer, Outcome outcome, String reason, String kind, List<Effect> effects) {

    /** Refused, for a reason that the sender is not told. */
    static Handled refused(Answer answer, String reason, String kind) {
        return new Handled(answer, Outcome.REFUSED, reason, kind, List.of());
    }

    /** From a sender who may send, and of no use. */
    static Handled unusable(Answer answer, Outcome outcome, String reason) {
        return new Handled(answer, outcome, reason, "", List.of());
    }
}
