package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.util.Optional;

/** What the ledger says about the actions of one rollback, and the only way to add to it: while the lease is held. */
final class Journal {

    private final Ledger ledger;
    private final Catalog catalog;
    private final String rollback;
    private final Lease lease;
    private final Actor actor;

    Journal(Ledger ledger, Catalog catalog, String rollback, Lease lease, Actor actor) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.rollback = rollback;
        this.lease = lease;
        this.actor = actor;
    }

    /** The last thing that was noted about an action; empty when it was never begun. */
    Optional<EventKind> last(Action action) {
        EventKind last = null;
        for (Entry entry : catalog.timeline(rollback)) {
            if (isNote(entry.kind()) && action.id().equals(entry.text("action"))) {
                last = entry.kind();
            }
        }
        return Optional.ofNullable(last);
    }

    private static boolean isNote(EventKind kind) {
        return kind == EventKind.ACTION_STARTED
                || kind == EventKind.ACTION_DONE
                || kind == EventKind.ACTION_FAILED
                || kind == EventKind.ACTION_UNDONE;
    }

    /**
     * Notes something about an action.
     *
     * @param cause a class of failure, or {@code null}
     * @param found whether the wanted state was found rather than brought about
     * @throws ConditionFailedException when the lease is not current any more
     */
    void note(EventKind kind, Action action, String cause, boolean found) throws IOException, ConditionFailedException {
        Event event = Event.of(kind)
                .target(lease.target())
                .actor(actor)
                .with("rollback", rollback)
                .with("action", action.id())
                .with("describe", action.describe())
                .with("lease", lease.number())
                .with("cause", cause);
        if (found) {
            event.with("found", true);
        }
        ledger.append(event, this::requireLease);
    }

    /** @throws ConditionFailedException when the lease is not current any more */
    void requireLease() throws ConditionFailedException {
        Optional<Lease> current = catalog.lease(lease.target());
        if (current.map(now -> now.number() != lease.number()).orElse(true)) {
            throw new ConditionFailedException("lease " + lease.number() + " of " + lease.target()
                    + " is not current any more"
                    + current.map(now -> ": " + now.holder() + " holds " + now.number())
                            .orElse(""));
        }
    }
}
