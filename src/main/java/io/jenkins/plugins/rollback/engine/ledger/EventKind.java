package io.jenkins.plugins.rollback.engine.ledger;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything the ledger can say. The {@linkplain #wire() wire names} are stored for ever: never rename one, add one.
 * Which keys the {@code data} of each has is in {@code schema/<wire name>.json}; further keys are always allowed.
 */
public enum EventKind {
    /** {@code manifest} (SHA-256), {@code files}, {@code bytes}, {@code commit}, {@code build}, {@code snapshot}, {@code stored}. */
    RELEASE_RETAINED("release.retained"),
    /** A release was asked for and its bytes were not what was retained: {@code file}, {@code expected}, {@code found}. */
    RELEASE_REFUSED("release.refused"),
    /** A person wants it kept, whatever the policies say; the reason says why. */
    RELEASE_PINNED("release.pinned"),
    /** Its pin is taken back; the policies decide again. */
    RELEASE_UNPINNED("release.unpinned"),
    /** Its bytes are about to be removed from the vault: {@code policy}, {@code manifest}. */
    RELEASE_DROPPED("release.dropped"),

    /** {@code deployment}, {@code build}, {@code commit}, {@code onFailure}. */
    DEPLOYMENT_STARTED("deployment.started"),
    /** {@code deployment}, {@code gates} (how many passed). */
    DEPLOYMENT_SUCCEEDED("deployment.succeeded"),
    /** {@code deployment}, {@code cause} (a class of failure, never free text of a person). */
    DEPLOYMENT_FAILED("deployment.failed"),
    /** Ended by a person, an enclosing timeout or a dead build: {@code deployment}, {@code cause}. */
    DEPLOYMENT_INTERRUPTED("deployment.interrupted"),

    /** {@code gate}, {@code deployment}, {@code analysis} (hash). */
    GATE_STARTED("gate.started"),
    /** {@code gate}, {@code look}, {@code metrics}. */
    GATE_LOOK("gate.look"),
    /**
     * {@code gate}, {@code look}, {@code verdict}, {@code summary}, {@code metrics}, {@code deployment}/{@code rollback},
     * {@code node} (id of the step in its Pipeline's flow graph).
     */
    GATE_VERDICT("gate.verdict"),

    /** {@code rollback}, {@code from}, {@code to}, {@code deployment}, {@code trigger}. Nothing has been decided yet. */
    ROLLBACK_PROPOSED("rollback.proposed"),
    /** {@code rollback}, {@code from}, {@code to}, {@code trigger}; from here on the target's lease is wanted. */
    ROLLBACK_REQUESTED("rollback.requested"),
    /** {@code rollback}, {@code from}, {@code to}, {@code deployment}: the way back is being carried out. */
    ROLLBACK_STARTED("rollback.started"),
    /** {@code rollback}, {@code verdict}, {@code summary}. */
    ROLLBACK_VERIFIED("rollback.verified"),
    /** {@code rollback}, {@code from}, {@code to}. The {@code version} of the event is now deployed. */
    ROLLBACK_DONE("rollback.done"),
    /** {@code rollback}, {@code cause}. */
    ROLLBACK_FAILED("rollback.failed"),
    /** Dropped before it started: {@code rollback}, {@code cause}. */
    ROLLBACK_CANCELLED("rollback.cancelled"),

    /** {@code approval}, {@code rollback} or {@code deployment}, {@code policy}, {@code subject} (hash), {@code until}. */
    APPROVAL_ASKED("approval.asked"),
    /** {@code approval}; the actor is who gave it. */
    APPROVAL_GIVEN("approval.given"),
    /** {@code approval}; the actor is who refused. */
    APPROVAL_REFUSED("approval.refused"),
    /** {@code approval}; the actor took back what they had said, while nothing was settled. */
    APPROVAL_WITHDRAWN("approval.withdrawn"),
    /** Nobody decided in time, or what waited for it is gone: {@code approval}, {@code cause}. */
    APPROVAL_ENDED("approval.ended"),

    /** {@code rollback}, {@code action}, {@code describe}. Written before the action is carried out. */
    ACTION_STARTED("action.started"),
    ACTION_DONE("action.done"),
    /** {@code rollback}, {@code action}, {@code cause}. */
    ACTION_FAILED("action.failed"),
    ACTION_UNDONE("action.undone"),

    /** {@code lease} (fencing number), {@code holder}, {@code purpose}. */
    LEASE_TAKEN("lease.taken"),
    LEASE_RELEASED("lease.released"),

    /** {@code delivery}, {@code endpoint}, {@code dedupe}, {@code outcome}. */
    TRIGGER_RECEIVED("trigger.received"),
    /** A person overruled a gate or a policy: {@code what}, {@code was}, {@code now}. */
    OVERRIDE("override"),
    THROTTLE("throttle"),
    ESCALATION("escalation"),
    /** {@code entries} (how many), {@code names} (whether they went with it), {@code filter} (what was asked for). */
    EXPORT("export"),
    /** A person was erased from the side table: {@code person} (the commitment, if any), {@code texts} (how many). */
    PERSON_ERASED("person.erased"),
    /** Entries are to be kept whatever the schedule says: {@code hold}, {@code on} (which ones). */
    HOLD_PLACED("hold.placed"),
    /** {@code hold}. */
    HOLD_LIFTED("hold.lifted"),
    /**
     * The bytes of entries are dropped: {@code entries} (ranges), {@code count}, {@code classes}, {@code keep}. Written by
     * the ledger alone.
     */
    RETENTION_SWEPT("retention.swept"),
    /** {@code drill}, {@code scenario}, {@code seed}. */
    DRILL_RUN("drill.run"),

    /** Signed with a new key from the next checkpoint on. Written by the ledger alone. */
    KEY_ROTATED("key.rotated"),
    /** Goes on under a new origin and key, after a person confirmed it. Written by the ledger alone. */
    EPOCH_STARTED("epoch.started");

    private static final Map<String, EventKind> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventKind::wire, kind -> kind));

    private final String wire;

    EventKind(String wire) {
        this.wire = wire;
    }

    /** The name in entries, for example {@code release.retained}. */
    public String wire() {
        return wire;
    }

    public static Optional<EventKind> ofWire(String wire) {
        return wire == null ? Optional.empty() : Optional.ofNullable(BY_WIRE.get(wire));
    }

    /** All wire names, for error messages. */
    public static String known() {
        return Arrays.stream(values()).map(EventKind::wire).collect(Collectors.joining(", "));
    }
}
