package io.jenkins.plugins.rollback.steps.deploy;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import io.jenkins.plugins.rollback.steps.DeploymentResult;
import java.io.IOException;
import java.util.Optional;

/** The body has gone back, or failed to. Its gates were the verification. */
final class DecideBack extends State {

    private static final long serialVersionUID = 1L;

    private final BodyEnd end;

    DecideBack(BodyEnd end) {
        this.end = end;
    }

    @Override
    public Phase phase() {
        return Phase.BACK;
    }

    @Override
    public String status() {
        return "recording the rollback";
    }

    /** The body is over; what is left takes no time, and leaving it out would leave the ledger wrong. */
    @Override
    boolean isStoppable() {
        return false;
    }

    @Override
    State work(Host host) throws IOException, ConditionFailedException {
        Order order = host.order();
        Records records = new Records(host);
        records.requireLease();
        RollbackInfo rollback =
                host.engine().catalog().rollback(order.rollback()).orElseThrow();
        Optional<Verification> verification = Verification.of(host.engine().catalog(), order.rollback());
        if (verification.isPresent() && rollback.verification() == null) {
            host.engine()
                    .rollbacks()
                    .verified(
                            order.rollback(),
                            verification.get().verdict(),
                            verification.get().summary());
        }
        boolean unhealthy =
                verification.map(found -> found.verdict() == Verdict.FAIL).orElse(false);
        if (end.how() != BodyEnd.How.RETURNED || unhealthy) {
            return failed(host, records, rollback, unhealthy);
        }
        Entry entry = host.engine().rollbacks().done(order.rollback(), order.actor());
        host.log(rollback.to() + " is back: " + order.target() + ", ledger entry " + entry.index());
        host.show();
        if (order.isDeploying() && !order.continuesAfterRollback()) {
            return Done.failed(Errors.wentBack(
                    order.target().service(), order.target().environment(), rollback.from(), rollback.to()));
        }
        return Done.with(new DeploymentResult(
                order.target().service(),
                order.target().environment(),
                rollback.to(),
                order.deployment(),
                order.rollback()));
    }

    private State failed(Host host, Records records, RollbackInfo rollback, boolean unhealthy)
            throws IOException, ConditionFailedException {
        Order order = host.order();
        String cause = unhealthy ? "verification failed" : end.cause();
        Entry entry = host.engine().rollbacks().failed(order.rollback(), cause, end.actor());
        String message = "Rollback " + order.rollback() + " of " + order.target() + " to " + rollback.to() + " failed ("
                + cause + "), ledger entry " + entry.index();
        records.escalate("rollback failed");
        host.error(message + ". Somebody has to look at " + order.target() + " now.");
        host.show();
        if (end.isInterrupted()) {
            records.propose(order.proposal(), "recovery");
            return Done.failed(end.error());
        }
        host.explain(end.error());
        return Done.failed(Errors.abort(message));
    }

    @Override
    State stopped(Host host, BodyEnd how) {
        return this;
    }
}
