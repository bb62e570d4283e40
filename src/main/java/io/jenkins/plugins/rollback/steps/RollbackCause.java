package io.jenkins.plugins.rollback.steps;

import hudson.model.Cause;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.Objects;

/** Why a way back runs: a click, a webhook, a late approval or a recovery started it. */
public final class RollbackCause extends Cause {

    private final String rollback;
    private final String service;
    private final String environment;
    private final String version;
    private final String actor;

    RollbackCause(String rollback, Target target, String version, Actor actor) {
        this.rollback = rollback;
        this.service = target.service();
        this.environment = target.environment();
        this.version = version;
        this.actor = actor.toString();
    }

    /** Id of the rollback that the build is to carry out. */
    public String getRollback() {
        return rollback;
    }

    public String getService() {
        return service;
    }

    public String getEnvironment() {
        return environment;
    }

    /** The version to go back to. */
    public String getVersion() {
        return version;
    }

    /** Who wanted it. */
    public Actor actor() {
        return Actor.parse(actor);
    }

    @Override
    public String getShortDescription() {
        return Messages.RollbackCause_description(service, environment, version, actor, rollback);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RollbackCause that
                && rollback.equals(that.rollback)
                && version.equals(that.version)
                && actor.equals(that.actor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rollback, version, actor);
    }
}
