package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** What several states record, in one place. */
final class Records {

    private final Host host;
    private final Order order;
    private final RollbackEngine engine;

    Records(Host host) {
        this.host = host;
        order = host.order();
        engine = host.engine();
    }

    /**
     * Fails when somebody else has taken the target over: whoever lost it records and does nothing more.
     *
     * @throws ConditionFailedException naming who has it
     */
    void requireLease() throws ConditionFailedException {
        Optional<Lease> current = engine.catalog().lease(order.target());
        boolean ours = current.map(Lease::holder)
                .filter(holder -> holder.equals(order.deployment()) || holder.equals(order.rollback()))
                .isPresent();
        if (!ours) {
            throw new ConditionFailedException(order.target() + " was taken over"
                    + current.map(lease -> " by " + lease.holder()).orElse("")
                    + "; this build does nothing more to it");
        }
    }

    /** Calls off a rollback that has not started, if there is one, and proposes it anew for somebody to decide. */
    void cancelAndPropose(BodyEnd how) throws IOException, ConditionFailedException {
        Optional<RollbackInfo> rollback = engine.catalog().rollback(order.rollback());
        if (rollback.isEmpty()) {
            // a rollback that was never asked for needs no proposal when its step is called off
            if (order.isDeploying()) {
                propose(order.rollback(), "recovery");
            }
            return;
        }
        if (rollback.get().state() == RollbackInfo.State.PROPOSED) {
            return; // stands as it is
        }
        engine.rollbacks().cancelled(order.rollback(), how.cause(), how.actor(), null);
        propose(order.proposal(), "recovery");
    }

    /** Records that somebody should decide about going back; says why not when there is nothing to go back to. */
    void propose(String id, String trigger) throws IOException, ConditionFailedException {
        String from = order.isDeploying() ? order.version() : order.leaving();
        String to = order.version();
        if (order.isDeploying()) {
            LastGood lastGood = engine.catalog().lastGood(order.target(), from);
            if (lastGood.chosen().isEmpty()) {
                host.log("No way back can be proposed: " + lastGood.explanation());
                return;
            }
            to = lastGood.chosen().map(Deployment::version).orElseThrow();
        }
        String known = engine.catalog().rollback(id).map(RollbackInfo::to).orElse(to);
        Entry entry = engine.rollbacks()
                .proposed(
                        id,
                        order.target(),
                        from,
                        known,
                        order.deployment(),
                        trigger,
                        order.build(),
                        Actor.system(trigger),
                        order.reason());
        host.log("Proposed: go back to " + known + " (rollback " + id + ", ledger entry " + entry.index()
                + "). Nothing happens until somebody decides.");
    }

    /** Records, once, that people have to look. */
    void escalate(String cause) throws IOException {
        String about = order.isDeploying() ? order.deployment() : order.rollback();
        boolean said = engine.catalog().timeline(about).stream()
                .anyMatch(entry -> entry.kind() == EventKind.ESCALATION && Objects.equals(entry.text("cause"), cause));
        if (said) {
            return;
        }
        Event event = Event.of(EventKind.ESCALATION)
                .target(order.target())
                .version(order.version())
                .with("cause", cause)
                .with("deployment", order.deployment())
                .with("build", order.build());
        if (engine.catalog().rollback(order.rollback()).isPresent()) {
            event.with("rollback", order.rollback());
        }
        Entry entry = engine.ledger().append(event);
        host.log("Escalated: " + cause + ", ledger entry " + entry.index());
    }

    /** Gives back what this step holds. */
    void releaseLeases() throws IOException {
        Optional<Lease> current = engine.catalog().lease(order.target());
        if (current.isEmpty() || !Objects.equals(current.get().build(), order.build())) {
            return;
        }
        String holder = current.get().holder();
        boolean ours = holder.equals(order.rollback()) || order.isDeploying() && holder.equals(order.deployment());
        if (ours) {
            engine.leases().release(current.get());
        }
    }
}
