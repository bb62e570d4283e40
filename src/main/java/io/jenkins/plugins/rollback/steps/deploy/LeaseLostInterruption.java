package io.jenkins.plugins.rollback.steps.deploy;

import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why a body ends: another deployment or rollback took the target over, so this one may not touch it any more. */
public final class LeaseLostInterruption extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String service;
    private final String environment;
    private final String holder;

    /** @param holder id of the deployment or rollback that has the lease now */
    public LeaseLostInterruption(String service, String environment, String holder) {
        this.service = service;
        this.environment = environment;
        this.holder = holder;
    }

    @Override
    public String getShortDescription() {
        return Messages.LeaseLostInterruption_description(service, environment, holder);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LeaseLostInterruption that
                && service.equals(that.service)
                && environment.equals(that.environment)
                && holder.equals(that.holder);
    }

    @Override
    public int hashCode() {
        return Objects.hash(service, environment, holder);
    }
}
