package io.jenkins.plugins.rollback.actions;

import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.steps.RunningGate;
import io.jenkins.plugins.rollback.steps.RunningGates;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;

/** What a person does to a running gate, on the page and from a terminal: who may, and what has to be said. */
final class GateHands {

    private GateHands() {}

    /** Whether somebody may end the gates of a build early or give them more looks. */
    static final Permission STEER = RollbackPermissions.EXECUTE;

    /** Whether somebody may say PASS or FAIL in their place. */
    static final Permission OVERRIDE = RollbackPermissions.OVERRIDE;

    /** Makes the hand for a gate that runs. */
    interface Wish {
        /** @throws IllegalArgumentException with a sentence for the person */
        GateHand of(RunningGate gate);
    }

    /**
     * Does it.
     *
     * @param run the gate's build, on which the permission is checked
     * @param gate its id
     * @throws AccessDeniedException when the current user may not, or is nobody
     * @throws IllegalArgumentException when the reason is missing or the wish makes no sense
     * @throws ConditionFailedException when the gate does not run any more, or not yet again
     */
    static void take(Run<?, ?> run, String gate, Permission needed, Wish wish, String reason)
            throws IOException, ConditionFailedException, InterruptedException {
        run.checkPermission(needed);
        if (User.current() == null) {
            throw new AccessDeniedException(Messages.GateHands_nobody());
        }
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException(Messages.reasonRequired());
        }
        RunningGate running =
                RunningGates.find(gate).orElseThrow(() -> new ConditionFailedException(whyNotRunning(run, gate)));
        running.take(wish.of(running), reason.strip());
    }

    private static String whyNotRunning(Run<?, ?> run, String gate) {
        for (GateAction action : run.getActions(GateAction.class)) {
            if (gate.equals(action.getGate()) && action.getVerdict() != null) {
                return Messages.GateHands_ended(gate, action.getVerdict(), action.getLook());
            }
            if (gate.equals(action.getGate()) && action.getStopped() != null) {
                return Messages.GateHands_stopped(gate);
            }
        }
        return Messages.GateHands_asleep(gate);
    }
}
