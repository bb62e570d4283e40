package io.jenkins.plugins.rollback.steps;

import hudson.model.Run;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.time.Duration;

/** A gate that runs on this controller, as far as people can reach it. Who may, the caller has checked. */
public interface RunningGate {

    /** As in the ledger. */
    String id();

    /** Its build. */
    Run<?, ?> build() throws IOException, InterruptedException;

    /** Service and environment. */
    Target target();

    /** How it stands. */
    GateStatus status();

    /** Time between two looks. */
    Duration interval();

    /**
     * Does something to it. Recorded first, under the current user's name; against a look or another person at the same
     * moment exactly one is first.
     *
     * @param reason in the person's words, not blank
     * @throws ConditionFailedException with a sentence for the person when it is too late or too much; nothing was done
     * @throws IOException when it could not be recorded; nothing was done
     */
    void take(GateHand hand, String reason) throws IOException, ConditionFailedException, InterruptedException;
}
