package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.Condition;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One deployment or rollback at a time per service and environment. Non-blocking: who is refused waits by itself and
 * tries again when {@link Catalog#lease} changes.
 */
public final class Leases {

    private final Ledger ledger;
    private final Catalog catalog;
    private final Standstill standstill;

    /** For a ledger that nobody watches. @param catalog attached to the ledger */
    public Leases(Ledger ledger, Catalog catalog) {
        this(ledger, catalog, Standstill.of(ledger));
    }

    /**
     * @param catalog attached to the ledger
     * @param standstill says when nothing may start by itself
     */
    public Leases(Ledger ledger, Catalog catalog, Standstill standstill) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.standstill = Objects.requireNonNull(standstill, "standstill");
    }

    /**
     * Takes the lease when nobody holds it and, for a deployment, no rollback of the target is requested or started.
     * Taking it again for the same holder returns the current one (so that a resumed step can simply ask again).
     *
     * @param holder id of the deployment or rollback
     * @param build the build, or {@code null}
     * @throws ConditionFailedException naming who holds it, what outranks it, or why nothing may be deployed now
     */
    public Lease take(Target target, String holder, Lease.Purpose purpose, String build)
            throws IOException, ConditionFailedException {
        Optional<Lease> own = heldBy(target, holder);
        if (own.isPresent()) {
            return own.get();
        }
        try {
            return append(target, holder, purpose, build, null, () -> {
                Optional<Lease> current = catalog.lease(target);
                if (current.isPresent()) {
                    throw new ConditionFailedException(target + " is held by " + describe(current.get()));
                }
                requireNotOutranked(target, purpose);
                if (purpose == Lease.Purpose.DEPLOYMENT) {
                    standstill.require(false, "a deployment of " + target);
                }
            });
        } catch (ConditionFailedException e) {
            // the same holder may have asked twice at once: both get the one lease
            return heldBy(target, holder).orElseThrow(() -> e);
        }
    }

    /** Passes the lease of a deployment to the rollback of that deployment, in one step, with a new fencing number. */
    public Lease handOver(Lease from, String rollback) throws IOException, ConditionFailedException {
        Target target = from.target();
        try {
            return append(target, rollback, Lease.Purpose.ROLLBACK, from.build(), from.number(), () -> {
                if (!isCurrent(from)) {
                    throw new ConditionFailedException("lease " + from.number() + " of " + target
                            + " cannot be handed over: it is not current any more"
                            + catalog.lease(target)
                                    .map(now -> ", held by " + describe(now))
                                    .orElse(""));
                }
            });
        } catch (ConditionFailedException e) {
            return heldBy(target, rollback).orElseThrow(() -> e);
        }
    }

    /**
     * Takes the lease from a holder that is dead or being resumed elsewhere; the old one is fenced off. For a
     * deployment the rule of {@link #take} about rollbacks holds, unless the deployment has the lease already. Of many
     * that take over from the same holder at once, one gets it.
     *
     * @throws ConditionFailedException naming what outranks it, or who took it over first
     */
    public Lease takeOver(Target target, String holder, Lease.Purpose purpose, String build)
            throws IOException, ConditionFailedException {
        Long replaced = catalog.lease(target).map(Lease::number).orElse(null);
        return append(target, holder, purpose, build, replaced, () -> {
            Optional<Lease> current = catalog.lease(target);
            if (current.isPresent() && !Objects.equals(current.get().number(), replaced)) {
                throw new ConditionFailedException(
                        target + " was taken in the same moment by " + describe(current.get()));
            }
            if (heldBy(target, holder).isEmpty()) {
                requireNotOutranked(target, purpose);
            }
        });
    }

    /** Whether this very lease is still the current one. To be asked before every action. */
    public boolean isCurrent(Lease lease) {
        return catalog.lease(lease.target())
                .map(current -> current.number() == lease.number())
                .orElse(false);
    }

    /** Gives it back; does nothing when it is not current any more. */
    public void release(Lease lease) throws IOException {
        Event event = Event.of(EventKind.LEASE_RELEASED)
                .target(lease.target())
                .with("lease", lease.number())
                .with("holder", lease.holder());
        try {
            ledger.append(event, () -> {
                if (!isCurrent(lease)) {
                    throw new ConditionFailedException("not current any more");
                }
            });
        } catch (ConditionFailedException e) {
            // somebody else's now, or nobody's: nothing to give back
            return;
        }
    }

    private Lease append(
            Target target, String holder, Lease.Purpose purpose, String build, Long replaced, Condition condition)
            throws IOException, ConditionFailedException {
        Event event = Event.of(EventKind.LEASE_TAKEN)
                .target(target)
                .with("holder", holder)
                .with("purpose", word(purpose))
                .with("build", build);
        if (replaced != null) {
            event.with("replaced", replaced);
        }
        Entry entry = ledger.append(event, condition);
        return new Lease(target, entry.number(), holder, purpose, build);
    }

    private void requireNotOutranked(Target target, Lease.Purpose purpose) throws ConditionFailedException {
        if (purpose == Lease.Purpose.ROLLBACK) {
            return;
        }
        for (RollbackInfo rollback : catalog.rollbacks(target)) {
            if (rollback.state() == RollbackInfo.State.REQUESTED || rollback.state() == RollbackInfo.State.STARTED) {
                throw new ConditionFailedException(target + " waits for rollback " + rollback.id() + " to "
                        + rollback.to() + ", which goes before a deployment");
            }
        }
    }

    private Optional<Lease> heldBy(Target target, String holder) {
        return catalog.lease(target).filter(lease -> lease.holder().equals(holder));
    }

    private static String describe(Lease lease) {
        return word(lease.purpose()) + " " + lease.holder() + (lease.build() == null ? "" : " (" + lease.build() + ")");
    }

    private static String word(Lease.Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT);
    }
}
