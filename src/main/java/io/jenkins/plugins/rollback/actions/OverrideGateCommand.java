package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import org.kohsuke.args4j.Argument;

/** {@code rollback-gate-override}: ends a gate as PASS or as FAIL. Needs Rollback/Override on its job. */
@Extension
public final class OverrideGateCommand extends GateCommand {

    @Argument(index = 1, metaVar = "VERDICT", required = true, usage = "PASS or FAIL.")
    private String verdict;

    @Override
    public String getName() {
        return "rollback-gate-override";
    }

    @Override
    public String getShortDescription() {
        return Messages.OverrideGateCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        return take(GateHands.OVERRIDE, gate -> GateHand.override(verdict));
    }
}
