package io.jenkins.plugins.rollback.webhook;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.rollback.config.Claims;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * What an accepted alert leads to as things stand now. Decides and does nothing: it is carried out by {@link AlertEffect},
 * and told to whoever tries an endpoint out.
 *
 * @param why nothing follows, in one line; {@code null} where something does
 * @param from the version that runs, or {@code null}
 * @param to the version to go back to; {@code null} where nothing follows
 * @param as whom it happens; {@code null} where nothing follows
 */
record Course(LeadsTo leadsTo, String why, String from, String to, Authentication as) {

    /** What follows. */
    enum LeadsTo {
        NOTHING,
        PROPOSE,
        START
    }

    /** For an alert about a target that came to an endpoint, which may be gone. */
    static Course of(RollbackEngine engine, String endpointId, Target target) {
        WebhookEndpointConfig endpoint =
                RollbackConfiguration.get().webhookEndpoint(endpointId).orElse(null);
        if (endpoint == null) {
            return nothing("the endpoint '" + endpointId + "' is gone");
        }
        Authentication as = user(endpoint.getRunAs());
        if (as == null || !mayExecute(as, target)) {
            return nothing("the endpoint's user may not roll back " + target);
        }
        String from = engine.catalog().deployed(target).map(Deployment::version).orElse(null);
        LastGood lastGood = engine.catalog().lastGood(target, from);
        if (lastGood.chosen().isEmpty()) {
            return nothing(lastGood.explanation());
        }
        // where nothing may start by itself a person decides, with the proposal at hand
        boolean start = endpoint.getRule() == WebhookEndpointConfig.Rule.START
                && RollbackConfiguration.get().wayBack(target).isPresent()
                && engine.standstill().reason().isEmpty();
        for (RollbackInfo rollback : engine.catalog().rollbacks(target)) {
            // what is only proposed is taken up by a start
            boolean inTheWay = rollback.isOpen() && !(start && rollback.state() == RollbackInfo.State.PROPOSED);
            if (inTheWay) {
                return nothing("rollback " + rollback.id() + " is open already");
            }
        }
        String to = lastGood.chosen().get().version();
        return new Course(start ? LeadsTo.START : LeadsTo.PROPOSE, null, from, to, as);
    }

    private static Course nothing(String why) {
        return new Course(LeadsTo.NOTHING, why, null, null, null);
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
