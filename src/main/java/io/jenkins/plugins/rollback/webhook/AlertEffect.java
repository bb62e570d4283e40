package io.jenkins.plugins.rollback.webhook;

import io.jenkins.plugins.rollback.actions.GoingBack;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.steps.WayBackException;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries out what an accepted alert leads to, as the endpoint's configured user: proposes a rollback or starts the way
 * back. Whatever comes of it, an entry that names the announced rollback is written, so that it is done once.
 */
final class AlertEffect {

    private static final Logger LOGGER = Logger.getLogger(AlertEffect.class.getName());

    private final RollbackEngine engine;

    AlertEffect(RollbackEngine engine) {
        this.engine = engine;
    }

    /** @param alert a {@code trigger.received} entry that announces a rollback */
    void carryOut(Entry alert) {
        String rollback = alert.text("rollback");
        try {
            // one at a time, and not again what was done: start-up and the request's own thread may both come here
            synchronized (AlertEffect.class) {
                if (isUnanswered(rollback)) {
                    carryOut(alert, rollback, alert.target().orElseThrow());
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.SEVERE, "The alert in ledger entry " + alert.index() + " could not be carried out", e);
        }
    }

    private boolean isUnanswered(String rollback) {
        return engine.deliveries().unanswered().stream().anyMatch(entry -> rollback.equals(entry.text("rollback")));
    }

    private void carryOut(Entry alert, String rollback, Target target) throws IOException {
        String endpointId = alert.text("endpoint");
        Course course = Course.of(engine, endpointId, target);
        if (course.leadsTo() == Course.LeadsTo.NOTHING) {
            giveUp(rollback, target, course.why());
            return;
        }
        Actor sender = Actor.webhook(endpointId);
        String summary = alert.reason() == null
                ? null
                : engine.ledger().people().text(alert.reason()).orElse(null);
        try {
            if (course.leadsTo() == Course.LeadsTo.START) {
                GoingBack.Wish wish = new GoingBack.Wish(target, course.to(), "webhook", sender, summary);
                String started = new GoingBack(engine).start(wish, rollback, course.as());
                if (!started.equals(rollback)) {
                    giveUp(rollback, target, "taken up as " + started);
                }
            } else {
                engine.rollbacks()
                        .proposed(rollback, target, course.from(), course.to(), null, "webhook", null, sender, summary);
            }
        } catch (ConditionFailedException e) {
            giveUp(rollback, target, e.getMessage());
        } catch (WayBackException e) {
            // the request and its end are in the ledger already
            LOGGER.log(Level.WARNING, "Rollback {0} of {1} was not started: {2}", new Object[] {
                rollback, target, e.getMessage()
            });
        }
    }

    /** Answers the alert with the reason why nothing follows from it. */
    private void giveUp(String rollback, Target target, String cause) throws IOException {
        LOGGER.log(Level.WARNING, "An alert about {0} leads to nothing: {1}", new Object[] {target, cause});
        engine.ledger()
                .append(Event.of(EventKind.ESCALATION)
                        .target(target)
                        .actor(Actor.system("webhook"))
                        .with("rollback", rollback)
                        .with("cause", cause));
    }
}
