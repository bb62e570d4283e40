package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.steps.DeploymentResult;
import java.io.IOException;
import java.util.Optional;

/**
 * The body of a deployment has ended. It failed if it threw, or if any of its gates recorded FAIL, whatever the body
 * made of that. An interruption is neither: it is recorded, the way back is proposed, and nothing runs by itself.
 */
final class DecideForward extends State {

    private static final long serialVersionUID = 1L;

    private final BodyEnd end;

    DecideForward(BodyEnd end) {
        this.end = end;
    }

    @Override
    public Phase phase() {
        return Phase.DECIDING;
    }

    @Override
    public String status() {
        return "deciding what came of the deployment";
    }

    @Override
    State work(Host host) throws IOException, ConditionFailedException {
        Order order = host.order();
        Records records = new Records(host);
        records.requireLease();
        if (end.isInterrupted()) {
            return interrupted(host, end);
        }
        if (end.how() == BodyEnd.How.RETURNED && gatesFailed(host) == 0) {
            try {
                Entry entry = host.engine().deployments().succeeded(order.deployment(), order.actor());
                host.log(order.version() + " is deployed: " + order.target() + ", ledger entry " + entry.index());
                return Done.with(new DeploymentResult(
                        order.target().service(),
                        order.target().environment(),
                        order.version(),
                        order.deployment(),
                        null));
            } catch (ConditionFailedException e) {
                if (gatesFailed(host) == 0) {
                    throw e;
                } // a gate failed in this very moment
            }
        }
        String cause = gatesFailed(host) > 0 ? "gate failed" : end.cause();
        Entry entry = host.engine().deployments().failed(order.deployment(), cause, Actor.SYSTEM);
        host.error("Deployment " + order.deployment() + " of " + order.version() + " failed (" + cause
                + "), ledger entry " + entry.index());
        host.show();
        return failed(host, records);
    }

    private State failed(Host host, Records records) throws IOException, ConditionFailedException {
        Order order = host.order();
        switch (order.onFailure()) {
            case NONE:
                return Done.failed(error(host));
            case PROPOSE:
                records.propose(order.rollback(), "onFailure");
                return Done.failed(error(host));
            default:
                break;
        }
        if (host.isNodeLost()) {
            host.error("The node around this step is gone, so its body cannot run again here");
            records.escalate("node lost");
            records.propose(order.rollback(), "onFailure");
            return Done.failed(error(host));
        }
        Optional<String> standstill = host.engine().standstill().reason();
        if (standstill.isPresent()) {
            host.error("Going back does not start by itself while " + standstill.get());
            records.escalate("nothing starts by itself");
            records.propose(order.rollback(), "onFailure");
            return Done.failed(error(host));
        }
        LastGood lastGood = host.engine().catalog().lastGood(order.target(), order.version());
        RollbackInfo known = host.engine().catalog().rollback(order.rollback()).orElse(null);
        if (known == null && lastGood.chosen().isEmpty()) {
            host.explain(end.error());
            records.escalate("no last-good release");
            return Done.failed(Errors.abort("Cannot go back from " + order.version() + " of " + order.target() + ": "
                    + lastGood.explanation()));
        }
        String to = known != null
                ? known.to()
                : lastGood.chosen().map(Deployment::version).orElseThrow();
        Entry entry = host.engine()
                .rollbacks()
                .requested(
                        order.rollback(),
                        order.target(),
                        order.version(),
                        to,
                        order.deployment(),
                        "onFailure",
                        order.build(),
                        Actor.system("onFailure"),
                        null);
        host.explain(end.error());
        host.log("Going back from " + order.version() + " to " + to + ": rollback " + order.rollback()
                + ", ledger entry " + entry.index() + " (" + lastGood.explanation() + ")");
        host.show();
        return AskApproval.unlessFree(host);
    }

    /** Somebody stopped the build between the passes: as if it had been in the first. */
    @Override
    State stopped(Host host, BodyEnd how) throws IOException, ConditionFailedException {
        new Records(host).requireLease();
        return how.isInterrupted() ? interrupted(host, how) : work(host);
    }

    private State interrupted(Host host, BodyEnd how) throws IOException, ConditionFailedException {
        Order order = host.order();
        Records records = new Records(host);
        if (state(host) == Deployment.State.OPEN || state(host) == Deployment.State.INTERRUPTED) {
            Entry entry = host.engine().deployments().interrupted(order.deployment(), how.cause(), how.actor());
            host.error("Deployment " + order.deployment() + " of " + order.version()
                    + " was interrupted; how far it got is not known. Ledger entry " + entry.index());
        }
        records.cancelAndPropose(how);
        return Done.failed(how.error());
    }

    /** What the body threw; when it hid a failed gate, an error that says so. */
    private Throwable error(Host host) {
        return end.error() != null
                ? end.error()
                : Errors.abort("A gate of deployment " + host.order().deployment() + " failed");
    }

    private static int gatesFailed(Host host) {
        return deployment(host).gatesFailed();
    }

    private static Deployment.State state(Host host) {
        return deployment(host).state();
    }

    private static Deployment deployment(Host host) {
        String id = host.order().deployment();
        return host.engine()
                .catalog()
                .deployment(id)
                .orElseThrow(() -> new IllegalStateException("the ledger does not know deployment " + id));
    }
}
