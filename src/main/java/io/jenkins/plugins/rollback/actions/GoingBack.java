package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.steps.WayBackException;
import io.jenkins.plugins.rollback.steps.WayBackStarter;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/**
 * Going back where no build asks for it: a button or a webhook did. Records the request, then starts the configured way
 * back. One thread at a time, so that two clicks at once start one rollback and the second hears of the first.
 */
public final class GoingBack {

    private final RollbackEngine engine;

    /** @param engine the running one */
    public GoingBack(RollbackEngine engine) {
        this.engine = engine;
    }

    /**
     * What is asked for.
     *
     * @param target where
     * @param version what to go back to
     * @param trigger {@code button} or {@code webhook}
     * @param actor who asks, for the record
     * @param reason why, in the words of a person, or {@code null}
     */
    public record Wish(Target target, String version, String trigger, Actor actor, String reason) {}

    /**
     * Requests a rollback and starts the way back. A rollback that is proposed to the same version is taken up.
     *
     * @param as whom to start the way back as
     * @return the id of the rollback
     * @throws ConditionFailedException when one is under way, or the version is unknown or runs already
     * @throws WayBackException when the way back cannot be started; nothing stays requested
     */
    public String start(Wish wish, Authentication as) throws IOException, ConditionFailedException, WayBackException {
        return start(wish, engine.ids().next(Ids.ROLLBACK), as);
    }

    /** As {@link #start(Wish, Authentication)}, under an id that was announced before unless a proposal is taken up. */
    public String start(Wish wish, String id, Authentication as)
            throws IOException, ConditionFailedException, WayBackException {
        synchronized (GoingBack.class) {
            Catalog catalog = engine.catalog();
            RollbackInfo proposal = null;
            for (RollbackInfo open : catalog.rollbacks(wish.target())) {
                boolean underWay = open.isOpen() && open.state() != RollbackInfo.State.PROPOSED;
                if (underWay) {
                    throw new ConditionFailedException(Messages.GoingBack_underWay(wish.target(), open.id()));
                }
                boolean same = open.isOpen() && open.to().equals(wish.version());
                proposal = same ? open : proposal;
            }
            catalog.requireNotDropped(new ReleaseId(wish.target().service(), wish.version()));
            if (catalog.release(new ReleaseId(wish.target().service(), wish.version()))
                    .isEmpty()) {
                throw new ConditionFailedException(Messages.GoingBack_unknownRelease(
                        wish.version(), wish.target().service()));
            }
            String from = deployed(wish.target()).orElse(null);
            if (wish.version().equals(from)) {
                throw new ConditionFailedException(Messages.GoingBack_runsAlready(wish.version(), wish.target()));
            }
            String rollback = proposal == null ? id : proposal.id();
            // as proposed, so that it is recorded as the same thing
            engine.rollbacks()
                    .requested(
                            rollback,
                            wish.target(),
                            proposal == null ? from : proposal.from(),
                            wish.version(),
                            proposal == null ? null : proposal.deployment(),
                            wish.trigger(),
                            null,
                            wish.actor(),
                            wish.reason());
            startWayBack(rollback, wish, as);
            return rollback;
        }
    }

    private void startWayBack(String rollback, Wish wish, Authentication as)
            throws IOException, ConditionFailedException, WayBackException {
        try {
            WayBackStarter.start(wish.target(), rollback, wish.version(), wish.actor(), as);
        } catch (WayBackException | RuntimeException e) {
            engine.rollbacks().cancelled(rollback, "way back not started", Actor.SYSTEM, null);
            throw e;
        }
    }

    /** Drops a rollback that has not started. */
    public void dismiss(String rollback, String user, String reason) throws IOException, ConditionFailedException {
        synchronized (GoingBack.class) {
            engine.rollbacks().cancelled(rollback, "dismissed", Actor.user(user), reason);
        }
    }

    private Optional<String> deployed(Target target) {
        return engine.catalog().deployed(target).map(Deployment::version);
    }
}
