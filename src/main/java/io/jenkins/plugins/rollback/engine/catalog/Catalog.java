package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Projection;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What is retained, what is deployed where, what is last-good and who holds which lease: a projection of the ledger,
 * rebuilt from it by replay. Thread safe; every answer is an immutable snapshot.
 */
public final class Catalog implements Projection {

    @Override
    public void apply(Entry entry) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Services that any entry names. */
    public SortedSet<String> services() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Environments that any entry names. */
    public SortedSet<String> environments() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Targets with at least one deployment or rollback. */
    public SortedSet<Target> targets() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Retained releases of a service, newest first. */
    public List<Release> releases(String service) {
        throw new UnsupportedOperationException("skeleton");
    }

    public Optional<Release> release(ReleaseId id) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Deployments of a target, newest first; one that a finished rollback made is among them. */
    public List<Deployment> deployments(Target target) {
        throw new UnsupportedOperationException("skeleton");
    }

    public Optional<Deployment> deployment(String id) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The newest deployment that succeeded, or was made by a finished rollback: what runs there now. */
    public Optional<Deployment> deployed(Target target) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * The newest release whose deployment passed its gate and was not rolled back.
     *
     * @param leaving a version that does not count because it is the one to be left, or {@code null}
     */
    public LastGood lastGood(Target target, String leaving) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Deployments in state OPEN, over all targets, oldest first. */
    public List<Deployment> openDeployments() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Rollbacks of a target, newest first. */
    public List<RollbackInfo> rollbacks(Target target) {
        throw new UnsupportedOperationException("skeleton");
    }

    public Optional<RollbackInfo> rollback(String id) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Rollbacks that are proposed, requested or started, over all targets, oldest first. */
    public List<RollbackInfo> openRollbacks() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** The current lease of a target. */
    public Optional<Lease> lease(Target target) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Entries about a deployment or rollback (its id in {@code data}), in order: the timeline of a view. */
    public List<Entry> timeline(String deploymentOrRollback) {
        throw new UnsupportedOperationException("skeleton");
    }
}
