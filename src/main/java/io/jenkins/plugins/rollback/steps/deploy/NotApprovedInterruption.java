package io.jenkins.plugins.rollback.steps.deploy;

import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why a rollback did not happen: it was rejected, or nobody approved it in time. */
public final class NotApprovedInterruption extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String approval;
    private final String why;

    NotApprovedInterruption(String approval, String why) {
        this.approval = approval;
        this.why = why;
    }

    /** Id of the approval. */
    public String getApproval() {
        return approval;
    }

    @Override
    public String getShortDescription() {
        return Messages.NotApprovedInterruption_description(why, approval);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NotApprovedInterruption that && approval.equals(that.approval) && why.equals(that.why);
    }

    @Override
    public int hashCode() {
        return Objects.hash(approval, why);
    }
}
