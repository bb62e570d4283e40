package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import java.time.Duration;
import org.kohsuke.args4j.Option;

/** {@code rollback-gate-extend}: gives a gate more looks. Needs Rollback/Execute on its job. */
@Extension
public final class ExtendGateCommand extends GateCommand {

    @Option(name = "-looks", metaVar = "N", usage = "How many more looks.")
    private Long looks;

    @Option(name = "-minutes", metaVar = "N", usage = "As many more looks as so many minutes need.")
    private Long minutes;

    @Override
    public String getName() {
        return "rollback-gate-extend";
    }

    @Override
    public String getShortDescription() {
        return Messages.ExtendGateCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        if (looks == null == (minutes == null)) {
            throw new IllegalArgumentException(Messages.ExtendGateCommand_howMuch());
        }
        return take(
                GateHands.STEER,
                gate -> looks != null
                        ? GateHand.extend(looks)
                        : GateHand.extend(Duration.ofMinutes(minutes), gate.interval()));
    }
}
