package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.model.Target;

/**
 * The right to change a target. At most one is current at any time; each holder has another number, so that a
 * holder who lost it is recognised (fencing).
 *
 * @param target what it is for
 * @param number of its {@code lease.taken} entry, see {@code Entry.number()}: the fencing number
 * @param holder id of the deployment or rollback that holds it
 * @param purpose deployment or rollback
 * @param build the build that works under it, or {@code null} outside Jenkins
 */
public record Lease(Target target, long number, String holder, Purpose purpose, String build) {

    /** What a lease is for. A rollback outranks a waiting deployment. */
    public enum Purpose {
        DEPLOYMENT,
        ROLLBACK
    }
}
