package io.jenkins.plugins.rollback.steps.deploy;

import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why the other branches of a deployment end: one of its gates failed. */
public final class GateFailedInterruption extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String owner;

    /** @param owner id of the deployment or rollback whose gate it was */
    public GateFailedInterruption(String owner) {
        this.owner = Objects.requireNonNull(owner, "owner");
    }

    @Override
    public String getShortDescription() {
        return Messages.GateFailedInterruption_description(owner);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GateFailedInterruption that && owner.equals(that.owner);
    }

    @Override
    public int hashCode() {
        return owner.hashCode();
    }
}
