package io.jenkins.plugins.rollback.steps.deploy;

import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why a Pipeline ends although nobody stopped it: its release was taken back. */
public final class RolledBackInterruption extends CauseOfInterruption {

    private static final long serialVersionUID = 1L;

    private final String service;
    private final String environment;
    private final String from;
    private final String to;

    RolledBackInterruption(String service, String environment, String from, String to) {
        this.service = service;
        this.environment = environment;
        this.from = from;
        this.to = to;
    }

    @Override
    public String getShortDescription() {
        return Messages.RolledBackInterruption_description(service, environment, from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RolledBackInterruption that
                && service.equals(that.service)
                && environment.equals(that.environment)
                && Objects.equals(from, that.from)
                && to.equals(that.to);
    }

    @Override
    public int hashCode() {
        return Objects.hash(service, environment, from, to);
    }
}
