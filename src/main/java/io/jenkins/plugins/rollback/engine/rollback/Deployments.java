package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;

/**
 * Records the life of deployments: started, then exactly one of succeeded, failed, interrupted. Recording an end twice
 * is harmless: the second call returns the first entry (a resumed step does not know how far it got).
 */
public final class Deployments {

    public Deployments(Ledger ledger, Catalog catalog) {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Records the start under an id of the caller, who holds the target's lease. The same id again is harmless. */
    public Entry started(String id, Target target, String version, String commit, String build, String onFailure,
            Actor actor) throws IOException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** @throws ConditionFailedException when one of its gates recorded FAIL, or it already ended otherwise */
    public Entry succeeded(String id, Actor actor) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** @param cause a short class of failure for a machine and a person, without free text of people */
    public Entry failed(String id, String cause, Actor actor) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    public Entry interrupted(String id, String cause, Actor actor) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }
}
