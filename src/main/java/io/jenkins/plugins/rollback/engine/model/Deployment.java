package io.jenkins.plugins.rollback.engine.model;

import java.time.Instant;

/**
 * A release being put, or having been put, into an environment.
 *
 * @param id made by {@link Ids}, prefix {@link Ids#DEPLOYMENT}
 * @param target where
 * @param version what
 * @param commit source revision, or {@code null}
 * @param build the build that does it ({@code folder/job#12}), or {@code null} outside Jenkins
 * @param state how it stands
 * @param gatesPassed how many of its gates said PASS
 * @param gatesFailed how many of its gates said FAIL; a deployment with one is never good, whatever its body made of it
 * @param startedAt when
 * @param endedAt when, or {@code null} while open
 * @param rolledBackBy id of the rollback that took it back, or {@code null}
 * @param entry index of its {@code deployment.started} entry (or of the {@code rollback.done} that made it)
 */
public record Deployment(
        String id,
        Target target,
        String version,
        String commit,
        String build,
        State state,
        int gatesPassed,
        int gatesFailed,
        Instant startedAt,
        Instant endedAt,
        String rolledBackBy,
        long entry) {

    /** How a deployment stands. */
    public enum State {
        OPEN,
        SUCCEEDED,
        FAILED,
        /** A person, an enclosing timeout or a dead build ended it; how far it got is not known. */
        INTERRUPTED
    }

    public ReleaseId release() {
        return new ReleaseId(target.service(), version);
    }
}
