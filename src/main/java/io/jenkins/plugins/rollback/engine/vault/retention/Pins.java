package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;

/** Lets people keep a release whatever the policies say. Of two who pin the same at once, one does. */
public final class Pins {

    private final Ledger ledger;
    private final Catalog catalog;

    /** @param catalog attached to the ledger */
    public Pins(Ledger ledger, Catalog catalog) {
        this.ledger = ledger;
        this.catalog = catalog;
    }

    /**
     * Pins a release.
     *
     * @param reason free text, required
     * @throws ConditionFailedException when it is not retained (any more), or pinned already
     * @throws IllegalArgumentException without a reason
     */
    public Entry pin(ReleaseId id, Actor who, String reason) throws IOException, ConditionFailedException {
        return ledger.append(event(EventKind.RELEASE_PINNED, id, who, reason), () -> {
            catalog.requireNotDropped(id);
            if (catalog.release(id).isEmpty()) {
                throw new ConditionFailedException("release " + id + " is not retained");
            }
            if (catalog.pin(id).isPresent()) {
                throw new ConditionFailedException("release " + id + " is pinned already");
            }
        });
    }

    /**
     * Takes a pin back; the policies decide again.
     *
     * @throws ConditionFailedException when it is not pinned (any more)
     * @throws IllegalArgumentException without a reason
     */
    public Entry unpin(ReleaseId id, Actor who, String reason) throws IOException, ConditionFailedException {
        return ledger.append(event(EventKind.RELEASE_UNPINNED, id, who, reason), () -> {
            if (catalog.pin(id).isEmpty()) {
                throw new ConditionFailedException("release " + id + " is not pinned");
            }
        });
    }

    private static Event event(EventKind kind, ReleaseId id, Actor who, String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("a reason is required");
        }
        return Event.of(kind).release(id).actor(who).reason(reason.strip());
    }
}
