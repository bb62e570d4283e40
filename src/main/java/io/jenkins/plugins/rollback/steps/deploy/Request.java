package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.io.IOException;
import java.util.Locale;

/** The beginning of a {@code rollbackRelease}: from here on it outranks deployments that wait for the target. */
final class Request extends State {

    private static final long serialVersionUID = 1L;

    @Override
    public Phase phase() {
        return Phase.DECIDING;
    }

    @Override
    public String status() {
        return "requesting the rollback";
    }

    @Override
    State work(Host host) throws IOException, ConditionFailedException {
        Order order = host.order();
        RollbackInfo known = host.engine().catalog().rollback(order.rollback()).orElse(null);
        if (known != null
                && known.state() != RollbackInfo.State.PROPOSED
                && known.state() != RollbackInfo.State.REQUESTED) {
            throw new ConditionFailedException("rollback " + known.id() + " is "
                    + known.state().name().toLowerCase(Locale.ROOT)
                    + (known.build() == null ? "" : " (" + known.build() + ")") + "; ask for a new one");
        }
        Entry entry = host.engine()
                .rollbacks()
                .requested(
                        order.rollback(),
                        order.target(),
                        order.leaving(),
                        order.version(),
                        order.deployment(),
                        "step",
                        order.build(),
                        order.actor(),
                        order.reason());
        host.log("Rolling back " + order.target() + (order.leaving() == null ? "" : " from " + order.leaving()) + " to "
                + order.version() + ": rollback " + order.rollback() + ", ledger entry " + entry.index());
        host.show();
        return AskApproval.unlessFree(host);
    }

    @Override
    State stopped(Host host, BodyEnd how) throws IOException, ConditionFailedException {
        new Records(host).cancelAndPropose(how);
        return Done.failed(how.error());
    }
}
