package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;

/**
 * One deployment or rollback at a time per service and environment. Non-blocking: who is refused waits by itself and
 * tries again when {@link Catalog#lease} changes.
 */
public final class Leases {

    public Leases(Ledger ledger, Catalog catalog) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * Takes the lease when nobody holds it and, for a deployment, no rollback of the target is requested or started.
     * Taking it again for the same holder returns the current one (so that a resumed step can simply ask again).
     *
     * @param holder id of the deployment or rollback
     * @param build the build, or {@code null}
     * @throws ConditionFailedException naming who holds it or what outranks it
     */
    public Lease take(Target target, String holder, Lease.Purpose purpose, String build)
            throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Passes the lease of a deployment to the rollback of that deployment, in one step, with a new fencing number. */
    public Lease handOver(Lease from, String rollback) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Takes the lease from a holder that is dead or being resumed elsewhere; the old one is fenced off. */
    public Lease takeOver(Target target, String holder, Lease.Purpose purpose, String build)
            throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Whether this very lease is still the current one. To be asked before every action. */
    public boolean isCurrent(Lease lease) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Gives it back; does nothing when it is not current any more. */
    public void release(Lease lease) throws IOException {
        throw new UnsupportedOperationException("skeleton");
    }
}
