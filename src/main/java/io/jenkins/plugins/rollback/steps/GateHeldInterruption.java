package io.jenkins.plugins.rollback.steps;

import jenkins.model.CauseOfInterruption;

/** Why a deployment stops for a person to decide: its gate could not say whether the release is healthy. */
public final class GateHeldInterruption extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String gate;
    private final String summary;

    GateHeldInterruption(String gate, String summary) {
        this.gate = gate;
        this.summary = summary;
    }

    /** Id of the gate. */
    public String getGate() {
        return gate;
    }

    @Override
    public String getShortDescription() {
        return summary;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GateHeldInterruption that && gate.equals(that.gate);
    }

    @Override
    public int hashCode() {
        return gate.hashCode();
    }
}
