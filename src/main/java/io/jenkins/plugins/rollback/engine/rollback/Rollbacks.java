package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Condition;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo.State;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Records the life of rollbacks: proposed (optional), requested, started, verified (optional), then exactly one of
 * done, failed; or cancelled before it started. Each step checks that the one before it holds, atomically with the
 * append; saying the same again is harmless and returns the first entry.
 */
public final class Rollbacks {

    private final Ledger ledger;
    private final Catalog catalog;
    private final Standstill standstill;

    /** For a ledger that nobody watches. @param catalog attached to the ledger */
    public Rollbacks(Ledger ledger, Catalog catalog) {
        this(ledger, catalog, Standstill.of(ledger));
    }

    /**
     * @param catalog attached to the ledger
     * @param standstill says when nothing may start by itself
     */
    public Rollbacks(Ledger ledger, Catalog catalog, Standstill standstill) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
        this.standstill = Objects.requireNonNull(standstill, "standstill");
    }

    /**
     * Records that somebody should decide about going back; nothing happens by itself.
     *
     * @param id made by the caller
     * @param from version to be left, or {@code null}
     * @param deployment id of the deployment that failed or was interrupted, or {@code null}
     * @param trigger {@code onFailure}, {@code step}, {@code button}, {@code webhook} or {@code recovery}
     * @param build build that proposes, or {@code null}
     * @param reason free text of a person, or {@code null}
     * @throws ConditionFailedException when the id stands for another rollback, for one that is further already, or the
     *     release was dropped
     */
    public Entry proposed(
            String id,
            Target target,
            String from,
            String to,
            String deployment,
            String trigger,
            String build,
            Actor actor,
            String reason)
            throws IOException, ConditionFailedException {
        Event event =
                asking(EventKind.ROLLBACK_PROPOSED, id, target, from, to, deployment, trigger, build, actor, reason);
        return append(id, event, () -> {
            requireSame(id, target, to);
            catalog.requireNotDropped(new ReleaseId(target.service(), to));
            if (catalog.rollback(id).isPresent()) {
                throw new ConditionFailedException("rollback " + id + " is recorded already");
            }
        });
    }

    /**
     * As {@link #proposed}; also turns a proposed rollback into a requested one (then {@code to} may not differ).
     *
     * @throws ConditionFailedException when the id stands for another rollback, or for one that is further already; or
     *     when no person asks and nothing may start by itself
     */
    public Entry requested(
            String id,
            Target target,
            String from,
            String to,
            String deployment,
            String trigger,
            String build,
            Actor actor,
            String reason)
            throws IOException, ConditionFailedException {
        Event event =
                asking(EventKind.ROLLBACK_REQUESTED, id, target, from, to, deployment, trigger, build, actor, reason);
        return append(id, event, () -> {
            requireSame(id, target, to);
            catalog.requireNotDropped(new ReleaseId(target.service(), to));
            standstill.require(actor.isUser(), "rollback " + id);
            if (catalog.rollback(id).isPresent()) {
                require(id, State.PROPOSED);
            }
        });
    }

    /** @throws ConditionFailedException unless it is requested and holds the target's lease */
    public Entry started(String id, String build, Actor actor) throws IOException, ConditionFailedException {
        Event event = about(EventKind.ROLLBACK_STARTED, id).actor(actor).with("build", build);
        return append(id, event, () -> {
            RollbackInfo rollback = require(id, State.REQUESTED);
            if (catalog.lease(rollback.target())
                    .filter(lease -> lease.holder().equals(id))
                    .isEmpty()) {
                throw new ConditionFailedException(
                        "rollback " + id + " cannot start: it does not hold the lease of " + rollback.target());
            }
        });
    }

    /**
     * Records what the verification gate said.
     *
     * @param summary one sentence, without free text of people
     * @throws ConditionFailedException unless it is started; or when it was verified with another verdict
     */
    public Entry verified(String id, Verdict verdict, String summary) throws IOException, ConditionFailedException {
        Event event = about(EventKind.ROLLBACK_VERIFIED, id)
                .with("verdict", verdict.name())
                .with("summary", summary);
        Verdict before = find(id).verification();
        if (before != null && before != verdict) {
            throw new ConditionFailedException("rollback " + id + " was verified before, as " + before);
        }
        return append(id, event, () -> {
            if (require(id, State.STARTED).verification() != null) {
                throw new ConditionFailedException("rollback " + id + " was verified before");
            }
        });
    }

    /**
     * From now on {@code to} is what is deployed.
     *
     * @throws ConditionFailedException unless it is started
     */
    public Entry done(String id, Actor actor) throws IOException, ConditionFailedException {
        Event event = about(EventKind.ROLLBACK_DONE, id).actor(actor);
        return append(id, event, () -> require(id, State.STARTED));
    }

    /**
     * Records that going back did not work.
     *
     * @param cause a short class of failure, without free text of people
     * @throws ConditionFailedException unless it is started
     */
    public Entry failed(String id, String cause, Actor actor) throws IOException, ConditionFailedException {
        Event event = about(EventKind.ROLLBACK_FAILED, id).actor(actor).with("cause", cause);
        return append(id, event, () -> require(id, State.STARTED));
    }

    /**
     * Drops it before it started.
     *
     * @throws ConditionFailedException when it has started
     */
    public Entry cancelled(String id, String cause, Actor actor, String reason)
            throws IOException, ConditionFailedException {
        Event event = about(EventKind.ROLLBACK_CANCELLED, id)
                .actor(actor)
                .reason(reason)
                .with("cause", cause);
        return append(id, event, () -> require(id, State.PROPOSED, State.REQUESTED));
    }

    private static Event asking(
            EventKind kind,
            String id,
            Target target,
            String from,
            String to,
            String deployment,
            String trigger,
            String build,
            Actor actor,
            String reason) {
        return Event.of(kind)
                .target(target)
                .version(to)
                .with("rollback", id)
                .with("from", from)
                .with("to", to)
                .with("deployment", deployment)
                .with("trigger", trigger)
                .with("build", build)
                .actor(actor)
                .reason(reason);
    }

    private Event about(EventKind kind, String id) throws ConditionFailedException {
        RollbackInfo rollback = find(id);
        return Event.of(kind)
                .target(rollback.target())
                .version(rollback.to())
                .with("rollback", id)
                .with("from", rollback.from())
                .with("to", rollback.to())
                .with("deployment", rollback.deployment());
    }

    /** Appends; when the condition fails because the very same was said before, returns what was recorded then. */
    private Entry append(String id, Event event, Condition condition) throws IOException, ConditionFailedException {
        try {
            return ledger.append(event, condition);
        } catch (ConditionFailedException e) {
            if (catalog.rollback(id).isPresent() && !isOther(id, event)) {
                return catalog.first(id, event.kind()).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private boolean isOther(String id, Event event) {
        RollbackInfo known = catalog.rollback(id).orElseThrow();
        return !known.target().equals(new Target(event.service(), event.environment()))
                || !known.to().equals(event.version());
    }

    private void requireSame(String id, Target target, String to) throws ConditionFailedException {
        RollbackInfo known = catalog.rollback(id).orElse(null);
        if (known != null && !(known.target().equals(target) && known.to().equals(to))) {
            throw new ConditionFailedException("rollback " + id + " goes back to " + known.to() + " of "
                    + known.target() + ", not to " + to + " of " + target);
        }
    }

    private RollbackInfo require(String id, State... allowed) throws ConditionFailedException {
        RollbackInfo rollback = find(id);
        Set<State> states = EnumSet.copyOf(Arrays.asList(allowed));
        if (!states.contains(rollback.state())) {
            throw new ConditionFailedException("rollback " + id + " is "
                    + rollback.state().name().toLowerCase(Locale.ROOT) + ", which does not allow this");
        }
        return rollback;
    }

    private RollbackInfo find(String id) throws ConditionFailedException {
        return catalog.rollback(id).orElseThrow(() -> new ConditionFailedException("rollback " + id + " is not known"));
    }
}
