package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.model.User;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Approvals that are given after the build that asked for them is dead: the way back is started, as the person whose
 * word settled it. What is refused or not answered is dropped.
 */
@Extension
public final class LateApprovals extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(LateApprovals.class.getName());

    @Override
    public void onLoaded() {
        RollbackEngine.find().ifPresent(engine -> engine.approvals()
                .onSettled(approval -> Workers.get().execute(() -> settled(engine, approval))));
    }

    private static void settled(RollbackEngine engine, Approval approval) {
        Optional<RollbackInfo> rollback = engine.catalog().rollback(approval.rollback());
        boolean waits = rollback.filter(known -> known.state() == RollbackInfo.State.REQUESTED)
                        .isPresent()
                && approval.state() != Approval.State.ENDED;
        if (!waits || BuildEnds.liveIds().contains(approval.rollback())) {
            return; // its own step hears of it
        }
        if (!Recovery.isEnded(approval.build())) {
            return;
        }
        try {
            if (approval.state() == Approval.State.APPROVED) {
                start(engine, rollback.get(), approval);
            } else {
                engine.rollbacks().cancelled(approval.rollback(), "approval not given", Actor.SYSTEM, null);
            }
        } catch (ConditionFailedException e) {
            LOGGER.log(Level.FINE, "Somebody else was first", e);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "Late approval " + approval.id() + " could not be followed", e);
        }
    }

    private static void start(RollbackEngine engine, RollbackInfo rollback, Approval approval)
            throws IOException, ConditionFailedException {
        String commitment = approval.votes().get(approval.votes().size() - 1).actor();
        Actor who = engine.ledger().people().actor(commitment).orElse(Actor.SYSTEM);
        try {
            User user = who.isUser() ? User.getById(who.id(), false) : null;
            if (user == null) {
                throw new WayBackException(Messages.LateApprovals_nobody());
            }
            WayBackStarter.start(rollback.target(), rollback.id(), rollback.to(), who, user.impersonate2());
        } catch (WayBackException e) {
            LOGGER.log(Level.WARNING, "Rollback {0} is approved, but its build is gone and: {1}", new Object[] {
                rollback.id(), e.getMessage()
            });
            engine.rollbacks().cancelled(rollback.id(), "way back not started", Actor.SYSTEM, null);
            engine.rollbacks()
                    .proposed(
                            engine.ids().next(io.jenkins.plugins.rollback.engine.model.Ids.ROLLBACK),
                            rollback.target(),
                            rollback.from(),
                            rollback.to(),
                            rollback.deployment(),
                            "recovery",
                            rollback.build(),
                            Actor.system("recovery"),
                            null);
        }
    }
}
