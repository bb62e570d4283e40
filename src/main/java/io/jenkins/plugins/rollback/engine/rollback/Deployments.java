package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Records the life of deployments: started, then exactly one of succeeded, failed, interrupted. Recording an end twice
 * is harmless: the second call returns the first entry (a resumed step does not know how far it got).
 */
public final class Deployments {

    private final Ledger ledger;
    private final Catalog catalog;

    /** @param catalog attached to the ledger */
    public Deployments(Ledger ledger, Catalog catalog) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.catalog = Objects.requireNonNull(catalog, "catalog");
    }

    /**
     * Records the start under an id of the caller, who holds the target's lease. The same id again is harmless.
     *
     * @param commit source revision, or {@code null}
     * @param build the build, or {@code null} outside Jenkins
     * @param onFailure {@code rollback}, {@code propose} or {@code none}
     * @throws IllegalStateException when {@code id} does not hold the target's lease (any more), already names a
     *     deployment of something else, or the release was dropped
     */
    public Entry started(
            String id, Target target, String version, String commit, String build, String onFailure, Actor actor)
            throws IOException {
        Event event = Event.of(EventKind.DEPLOYMENT_STARTED)
                .target(target)
                .version(version)
                .actor(actor)
                .with("deployment", id)
                .with("commit", commit)
                .with("build", build)
                .with("onFailure", onFailure);
        try {
            return ledger.append(event, () -> {
                if (catalog.deployment(id).isPresent()) {
                    throw new ConditionFailedException("deployment " + id + " is recorded already");
                }
                catalog.requireNotDropped(new ReleaseId(target.service(), version));
                if (catalog.lease(target)
                        .filter(lease -> lease.holder().equals(id))
                        .isEmpty()) {
                    throw new ConditionFailedException(
                            "deployment " + id + " cannot start: it does not hold the lease of " + target);
                }
            });
        } catch (ConditionFailedException e) {
            Optional<Deployment> known = catalog.deployment(id);
            if (known.isPresent()
                    && known.get().target().equals(target)
                    && known.get().version().equals(version)) {
                return recorded(id, EventKind.DEPLOYMENT_STARTED);
            }
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** @throws ConditionFailedException when one of its gates recorded FAIL, or it already ended otherwise */
    public Entry succeeded(String id, Actor actor) throws IOException, ConditionFailedException {
        return end(id, EventKind.DEPLOYMENT_SUCCEEDED, Deployment.State.SUCCEEDED, null, actor);
    }

    /**
     * Records that it failed.
     *
     * @param cause a short class of failure for a machine and a person, without free text of people
     * @throws ConditionFailedException when it already ended otherwise
     */
    public Entry failed(String id, String cause, Actor actor) throws IOException, ConditionFailedException {
        return end(id, EventKind.DEPLOYMENT_FAILED, Deployment.State.FAILED, cause, actor);
    }

    /**
     * Records that a person, an enclosing timeout or a dead build ended it.
     *
     * @param cause as in {@link #failed}
     * @throws ConditionFailedException when it already ended otherwise
     */
    public Entry interrupted(String id, String cause, Actor actor) throws IOException, ConditionFailedException {
        return end(id, EventKind.DEPLOYMENT_INTERRUPTED, Deployment.State.INTERRUPTED, cause, actor);
    }

    private Entry end(String id, EventKind kind, Deployment.State end, String cause, Actor actor)
            throws IOException, ConditionFailedException {
        Deployment deployment = catalog.deployment(id)
                .orElseThrow(() -> new ConditionFailedException("deployment " + id + " is not known"));
        Event event = Event.of(kind)
                .target(deployment.target())
                .version(deployment.version())
                .actor(actor)
                .with("deployment", id)
                .with("cause", cause);
        if (end == Deployment.State.SUCCEEDED) {
            event.with("gates", deployment.gatesPassed());
        }
        try {
            return ledger.append(event, () -> requireMayEnd(id, end));
        } catch (ConditionFailedException e) {
            Deployment now = catalog.deployment(id).orElse(deployment);
            if (now.state() == end) {
                return recorded(id, kind);
            }
            throw e;
        }
    }

    private void requireMayEnd(String id, Deployment.State end) throws ConditionFailedException {
        Deployment now = catalog.deployment(id)
                .orElseThrow(() -> new ConditionFailedException("deployment " + id + " is not known"));
        if (now.state() != Deployment.State.OPEN) {
            throw new ConditionFailedException("deployment " + id + " has already ended: "
                    + now.state().name().toLowerCase(Locale.ROOT));
        }
        if (end == Deployment.State.SUCCEEDED && now.gatesFailed() > 0) {
            throw new ConditionFailedException(
                    "deployment " + id + " cannot succeed: " + now.gatesFailed() + " of its gates failed");
        }
    }

    private Entry recorded(String id, EventKind kind) {
        return catalog.first(id, kind)
                .orElseThrow(() -> new IllegalStateException(
                        id + " has no " + kind.wire() + " entry: a finished rollback made this deployment"));
    }
}
