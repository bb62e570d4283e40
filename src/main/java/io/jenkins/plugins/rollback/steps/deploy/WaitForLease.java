package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import java.io.IOException;

/** A deployment wants to begin: nothing has happened yet, and another one may have the target. */
final class WaitForLease extends State {

    private static final long serialVersionUID = 1L;

    @Override
    public Phase phase() {
        return Phase.FORWARD;
    }

    @Override
    public String status() {
        return "waiting for the lease";
    }

    @Override
    State work(Host host) throws IOException {
        Order order = host.order();
        try {
            host.engine().leases().take(order.target(), order.deployment(), Lease.Purpose.DEPLOYMENT, order.build());
        } catch (ConditionFailedException e) {
            host.logOnce("Waiting: " + e.getMessage());
            host.pause(e.getMessage());
            return this;
        }
        host.pause(null);
        return new StartForward();
    }

    @Override
    State stopped(Host host, BodyEnd how) {
        host.pause(null);
        return Done.failed(how.error());
    }
}
