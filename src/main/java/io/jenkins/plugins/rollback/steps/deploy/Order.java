package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one run of a step is to do, fixed when it starts. Every id that it may ever need is made here, before anything
 * is recorded: a step that is resumed says the same things again under the same ids, which the ledger takes as said.
 */
public final class Order implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What a failed deployment leads to. */
    public enum OnFailure {
        ROLLBACK,
        PROPOSE,
        NONE
    }

    private final String service;
    private final String environment;
    private final String version;
    private final String leaving;
    private final String deployment;
    private final boolean deploying;
    private final String rollback;
    private final String proposal;
    private final String build;
    private final OnFailure onFailure;
    private final boolean continueAfterRollback;
    private final String approval;
    private final String reason;
    private final String actor;
    private final ArrayList<String> requesters;
    private final String node;

    private Order(Builder from) {
        service = from.target.service();
        environment = from.target.environment();
        version = Objects.requireNonNull(from.version, "version");
        leaving = from.leaving;
        deployment = from.deployment;
        deploying = from.deploying;
        rollback = Objects.requireNonNull(from.rollback, "rollback");
        proposal = Objects.requireNonNull(from.proposal, "proposal");
        build = from.build;
        onFailure = from.onFailure;
        continueAfterRollback = from.continueAfterRollback;
        approval = from.approval;
        reason = from.reason;
        actor = from.actor.toString();
        requesters = new ArrayList<>(from.requesters);
        node = from.node;
    }

    public Target target() {
        return new Target(service, environment);
    }

    /** The version that the first pass puts out: the new one, or for {@code rollbackRelease} the one to go back to. */
    public String version() {
        return version;
    }

    /** The version that {@code rollbackRelease} leaves, or {@code null}; not used by {@code deployRelease}. */
    public String leaving() {
        return leaving;
    }

    /** Whether the step deploys; otherwise it is a {@code rollbackRelease}, which has the way back alone. */
    public boolean isDeploying() {
        return deploying;
    }

    /** Id of the deployment that is made, or that {@code rollbackRelease} takes back ({@code null} for none). */
    public String deployment() {
        return deployment;
    }

    /** Id of the rollback, should there be one. */
    public String rollback() {
        return rollback;
    }

    /** Id under which the way back is proposed when {@link #rollback()} is used up. */
    public String proposal() {
        return proposal;
    }

    /** The build, {@code folder/job#12}. */
    public String build() {
        return build;
    }

    public OnFailure onFailure() {
        return onFailure;
    }

    /** Whether the Pipeline goes on after a successful automatic rollback, as if the step had succeeded. */
    public boolean continuesAfterRollback() {
        return continueAfterRollback;
    }

    /** The approval policy that the step names, or {@code null}; the configuration may demand one anyway. */
    public String approval() {
        return approval;
    }

    /** Free text of a person, or {@code null}. */
    public String reason() {
        return reason;
    }

    public Actor actor() {
        return Actor.parse(actor);
    }

    /** Ids of the users who asked for it; empty when nobody is known. */
    public SortedSet<String> requesters() {
        return new TreeSet<>(requesters);
    }

    /** Name of the node that encloses the step (empty for the built-in one), or {@code null} when none does. */
    public String node() {
        return node;
    }

    /** Collects an order. Not thread safe; to be used once. */
    public static final class Builder {

        private final Target target;
        private String version;
        private String leaving;
        private String deployment;
        private boolean deploying;
        private String rollback;
        private String proposal;
        private String build;
        private OnFailure onFailure = OnFailure.NONE;
        private boolean continueAfterRollback;
        private String approval;
        private String reason;
        private Actor actor = Actor.SYSTEM;
        private SortedSet<String> requesters = new TreeSet<>();
        private String node;

        public Builder(Target target) {
            this.target = Objects.requireNonNull(target, "target");
        }

        /** Makes it an order to deploy. */
        public Builder deploy(String id, String newVersion, OnFailure otherwise, boolean goOn) {
            deploying = true;
            deployment = id;
            version = newVersion;
            onFailure = otherwise;
            continueAfterRollback = goOn;
            return this;
        }

        /** Makes it an order to go back. */
        public Builder goBack(String from, String to, String takenBack, String why) {
            deploying = false;
            leaving = from;
            version = to;
            deployment = takenBack;
            reason = why;
            return this;
        }

        /** Ids for the rollback and for the proposal that follows when it does not come to its end. */
        public Builder ids(String rollbackId, String proposalId) {
            rollback = rollbackId;
            proposal = proposalId;
            return this;
        }

        /** @param policy id of an approval policy, or {@code null} */
        public Builder approval(String policy) {
            approval = policy;
            return this;
        }

        public Builder by(Actor who, SortedSet<String> askedBy) {
            actor = who;
            requesters = askedBy;
            return this;
        }

        /** @param enclosingNode as in {@link Order#node()} */
        public Builder in(String buildId, String enclosingNode) {
            build = buildId;
            node = enclosingNode;
            return this;
        }

        public Order build() {
            return new Order(this);
        }
    }
}
