package io.jenkins.plugins.rollback.engine.model;

import java.time.Instant;

/**
 * A rollback as the ledger knows it.
 *
 * @param id made by {@link Ids}, prefix {@link Ids#ROLLBACK}
 * @param target where
 * @param from version that is (or was) to be left, or {@code null} when nothing is known to be deployed
 * @param to version to go back to
 * @param deployment id of the failed deployment, or {@code null} when a person or a webhook asked
 * @param trigger what asked: {@code onFailure}, {@code step}, {@code button}, {@code webhook}, {@code recovery}
 * @param build the build that carries it out, or {@code null} while nothing does
 * @param state how it stands
 * @param verification what the verification gate said, or {@code null} when there was none (yet)
 * @param askedAt when it was proposed or requested
 * @param startedAt when carrying out began, or {@code null}
 * @param endedAt when it ended, or {@code null}
 * @param entry index of its first entry
 */
public record RollbackInfo(
        String id,
        Target target,
        String from,
        String to,
        String deployment,
        String trigger,
        String build,
        State state,
        Verdict verification,
        Instant askedAt,
        Instant startedAt,
        Instant endedAt,
        long entry) {

    /** How a rollback stands. */
    public enum State {
        /** Somebody should decide; nothing happens by itself. */
        PROPOSED,
        /** Decided or waiting for its approval; outranks deployments that wait for the same target. */
        REQUESTED,
        STARTED,
        DONE,
        FAILED,
        CANCELLED
    }

    public boolean isOpen() {
        return state == State.PROPOSED || state == State.REQUESTED || state == State.STARTED;
    }
}
