package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import io.jenkins.plugins.rollback.engine.gate.GateHand;

/** {@code rollback-gate-stop}: ends a gate with the verdict of its last look. Needs Rollback/Execute on its job. */
@Extension
public final class StopGateCommand extends GateCommand {

    @Override
    public String getName() {
        return "rollback-gate-stop";
    }

    @Override
    public String getShortDescription() {
        return Messages.StopGateCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        return take(GateHands.STEER, gate -> GateHand.stop());
    }
}
