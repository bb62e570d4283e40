package io.jenkins.plugins.rollback.engine.ledger.retention;

import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Events that a retention schedule keeps equally long. Some kinds are in no class and kept for ever: what the ledger says
 * about itself, its keys, holds and erasures, and that a release was retained, pinned or dropped.
 */
public enum EventClass {
    /** Who wanted to go back and why, who approved, how it ended. */
    DECISIONS,
    /** Deployments, their leases, their gates and verdicts. */
    DEPLOYMENTS,
    /** Single looks of gates: the bulk of most ledgers. */
    MEASUREMENTS,
    /** Steps that a rollback carried out. */
    ACTIONS,
    /** Alerts that webhooks delivered. */
    DELIVERIES,
    /** Exports, drills, releases that were refused. */
    OTHERS;

    /** The class of a kind; empty when it is kept for ever. */
    public static Optional<EventClass> of(EventKind kind) {
        return Optional.ofNullable(
                switch (kind) {
                    case ROLLBACK_PROPOSED,
                            ROLLBACK_REQUESTED,
                            ROLLBACK_STARTED,
                            ROLLBACK_VERIFIED,
                            ROLLBACK_DONE,
                            ROLLBACK_FAILED,
                            ROLLBACK_CANCELLED,
                            APPROVAL_ASKED,
                            APPROVAL_GIVEN,
                            APPROVAL_REFUSED,
                            APPROVAL_WITHDRAWN,
                            APPROVAL_ENDED,
                            OVERRIDE,
                            THROTTLE,
                            ESCALATION -> DECISIONS;
                    case DEPLOYMENT_STARTED,
                            DEPLOYMENT_SUCCEEDED,
                            DEPLOYMENT_FAILED,
                            DEPLOYMENT_INTERRUPTED,
                            GATE_STARTED,
                            GATE_VERDICT,
                            LEASE_TAKEN,
                            LEASE_RELEASED -> DEPLOYMENTS;
                    case GATE_LOOK -> MEASUREMENTS;
                    case ACTION_STARTED, ACTION_DONE, ACTION_FAILED, ACTION_UNDONE -> ACTIONS;
                    case TRIGGER_RECEIVED -> DELIVERIES;
                    case EXPORT, DRILL_RUN, RELEASE_REFUSED -> OTHERS;
                    case RELEASE_RETAINED,
                            RELEASE_PINNED,
                            RELEASE_UNPINNED,
                            RELEASE_DROPPED,
                            PERSON_ERASED,
                            HOLD_PLACED,
                            HOLD_LIFTED,
                            RETENTION_SWEPT,
                            KEY_ROTATED,
                            EPOCH_STARTED -> null;
                });
    }

    /**
     * Whether the state of a deployment or rollback is computed from entries of this kind. What belongs to one of those
     * goes all at once and last; everything else about it may go before.
     */
    static boolean isCore(EventKind kind) {
        return switch (kind) {
            case OVERRIDE, THROTTLE, ESCALATION -> false;
            default -> of(kind).filter(found -> found == DECISIONS || found == DEPLOYMENTS)
                    .isPresent();
        };
    }

    /** As it is written in schedules and entries, for example {@code deliveries}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException naming all that there are */
    public static EventClass parse(String word) {
        return Arrays.stream(values())
                .filter(found -> found.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no class of events; there are "
                        + Arrays.stream(values()).map(EventClass::word).collect(Collectors.joining(", "))));
    }
}
