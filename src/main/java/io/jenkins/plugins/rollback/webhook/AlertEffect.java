package io.jenkins.plugins.rollback.webhook;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.rollback.actions.GoingBack;
import io.jenkins.plugins.rollback.config.Claims;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.steps.WayBackException;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

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
        Optional<WebhookEndpointConfig> endpoint = RollbackConfiguration.get().webhookEndpoint(endpointId);
        if (endpoint.isEmpty()) {
            giveUp(rollback, target, "the endpoint '" + endpointId + "' is gone");
            return;
        }
        Authentication as = user(endpoint.get().getRunAs());
        if (as == null || !mayExecute(as, target)) {
            giveUp(rollback, target, "the endpoint's user may not roll back " + target);
            return;
        }
        String from = engine.catalog().deployed(target).map(Deployment::version).orElse(null);
        LastGood lastGood = engine.catalog().lastGood(target, from);
        if (lastGood.chosen().isEmpty()) {
            giveUp(rollback, target, lastGood.explanation());
            return;
        }
        String to = lastGood.chosen().get().version();
        Actor sender = Actor.webhook(endpointId);
        String summary = alert.reason() == null
                ? null
                : engine.ledger().people().text(alert.reason()).orElse(null);
        try {
            // where nothing may start by itself a person decides, with the proposal at hand
            boolean start = endpoint.get().getRule() == WebhookEndpointConfig.Rule.START
                    && RollbackConfiguration.get().wayBack(target).isPresent()
                    && engine.standstill().reason().isEmpty();
            if (start) {
                GoingBack.Wish wish = new GoingBack.Wish(target, to, "webhook", sender, summary);
                String started = new GoingBack(engine).start(wish, rollback, as);
                if (!started.equals(rollback)) {
                    giveUp(rollback, target, "taken up as " + started);
                }
            } else {
                requireNoneOpen(target);
                engine.rollbacks().proposed(rollback, target, from, to, null, "webhook", null, sender, summary);
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

    private void requireNoneOpen(Target target) throws ConditionFailedException {
        for (RollbackInfo rollback : engine.catalog().rollbacks(target)) {
            if (rollback.isOpen()) {
                throw new ConditionFailedException("rollback " + rollback.id() + " is open already");
            }
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

    /** @return {@code null} when there is no such user (any more); none is made */
    static Authentication user(String id) {
        User user = id == null ? null : User.getById(id, false);
        try {
            return user == null ? null : user.impersonate2();
        } catch (org.springframework.security.core.userdetails.UsernameNotFoundException e) {
            return null; // known to Jenkins, unknown to its security realm
        }
    }

    private static boolean mayExecute(Authentication as, Target target) {
        for (ServiceClaim claim : Claims.of(target.service())) {
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                Item item = Jenkins.get().getItemByFullName(claim.getItem());
                if (item != null && item.getACL().hasPermission2(as, RollbackPermissions.EXECUTE)) {
                    return true;
                }
            }
        }
        return false;
    }
}
