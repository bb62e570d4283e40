package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.steps.DeploymentContext;
import java.io.IOException;
import java.util.Optional;

/** Going back is decided: get the target, record the start, bring the old artifacts, then run the body. */
final class StartBack extends State {

    private static final long serialVersionUID = 1L;

    @Override
    public Phase phase() {
        return Phase.RESTORING;
    }

    @Override
    public String status() {
        return "getting ready to go back";
    }

    @Override
    State work(Host host) throws IOException, InterruptedException, ConditionFailedException {
        Order order = host.order();
        RollbackInfo rollback =
                host.engine().catalog().rollback(order.rollback()).orElseThrow();
        Lease lease;
        try {
            host.engine().standstill().requireOfToday(host.engine().catalog().timeline(order.rollback()));
            lease = lease(host);
        } catch (ConditionFailedException e) {
            host.logOnce("Waiting: " + e.getMessage());
            host.pause(e.getMessage());
            return this;
        }
        host.pause(null);
        if (!order.build().equals(lease.build())) {
            // the same rollback was started twice; only one build may carry it out
            throw new ConditionFailedException(
                    "rollback " + order.rollback() + " is being carried out by " + lease.build());
        }
        Entry entry = host.engine().rollbacks().started(order.rollback(), order.build(), order.actor());
        host.log("Going back to " + rollback.to() + ", ledger entry " + entry.index());
        host.show();
        try {
            String folder = host.restore(new ReleaseId(order.target().service(), rollback.to()));
            return new InBody(DeploymentContext.Pass.BACK, folder, false);
        } catch (IOException | RuntimeException e) {
            host.error("The artifacts of " + rollback.to() + " could not be restored: " + e.getMessage());
            return new DecideBack(BodyEnd.threw(e));
        }
    }

    /** The lease of the failed deployment becomes the rollback's, so that nobody can step between the passes. */
    private static Lease lease(Host host) throws IOException, ConditionFailedException {
        Order order = host.order();
        Optional<Lease> current = host.engine().catalog().lease(order.target());
        if (order.isDeploying() && current.isPresent() && current.get().holder().equals(order.deployment())) {
            return host.engine().leases().handOver(current.get(), order.rollback());
        }
        return host.engine().leases().take(order.target(), order.rollback(), Lease.Purpose.ROLLBACK, order.build());
    }

    @Override
    State stopped(Host host, BodyEnd how) throws IOException, ConditionFailedException {
        host.pause(null);
        boolean started = host.engine()
                .catalog()
                .rollback(host.order().rollback())
                .filter(rollback -> rollback.state() == RollbackInfo.State.STARTED)
                .isPresent();
        if (started) {
            return new DecideBack(how);
        }
        new Records(host).cancelAndPropose(how);
        return Done.failed(how.error());
    }
}
