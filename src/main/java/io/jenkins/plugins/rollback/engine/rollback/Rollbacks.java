package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;

/**
 * Records the life of rollbacks: proposed (optional), requested, started, verified (optional), then exactly one of
 * done, failed; or cancelled before it started. Each step checks that the one before it holds, atomically with the
 * append; saying the same again is harmless and returns the first entry.
 */
public final class Rollbacks {

    public Rollbacks(Ledger ledger, Catalog catalog) {
        throw new UnsupportedOperationException("skeleton");
    }

    /**
     * @param id made by the caller
     * @param from version to be left, or {@code null}
     * @param deployment id of the deployment that failed or was interrupted, or {@code null}
     * @param trigger {@code onFailure}, {@code step}, {@code button}, {@code webhook} or {@code recovery}
     * @param build build that proposes, or {@code null}
     * @param reason free text of a person, or {@code null}
     */
    public Entry proposed(String id, Target target, String from, String to, String deployment, String trigger,
            String build, Actor actor, String reason) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** As {@link #proposed}; also turns a proposed rollback into a requested one (then {@code to} may not differ). */
    public Entry requested(String id, Target target, String from, String to, String deployment, String trigger,
            String build, Actor actor, String reason) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** @throws ConditionFailedException unless it is requested and holds the target's lease */
    public Entry started(String id, String build, Actor actor) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    public Entry verified(String id, Verdict verdict, String summary) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** From now on {@code to} is what is deployed. */
    public Entry done(String id, Actor actor) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    public Entry failed(String id, String cause, Actor actor) throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }

    /** @throws ConditionFailedException when it has started */
    public Entry cancelled(String id, String cause, Actor actor, String reason)
            throws IOException, ConditionFailedException {
        throw new UnsupportedOperationException("skeleton");
    }
}
