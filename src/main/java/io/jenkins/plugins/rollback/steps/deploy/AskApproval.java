package io.jenkins.plugins.rollback.steps.deploy;

import hudson.model.Result;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.io.IOException;
import java.util.Optional;

/** People are asked whether the rollback may happen. The deadline stands in the ledger, so a restart changes nothing. */
final class AskApproval extends State {

    private static final long serialVersionUID = 1L;

    private final String approval;

    /** @param approval its id */
    private AskApproval(String approval) {
        this.approval = approval;
    }

    /** What follows a decision to go back: the question, when a policy demands it, else the way back itself. */
    static State unlessFree(Host host) throws IOException {
        Optional<ApprovalPolicy> policy = host.policy();
        return policy.isEmpty()
                ? new StartBack()
                : new AskApproval(
                        ApprovalIds.of(host.order().rollback(), policy.get().id()));
    }

    @Override
    public Phase phase() {
        return Phase.DECIDING;
    }

    @Override
    public String status() {
        return "waiting for an approval";
    }

    @Override
    State work(Host host) throws IOException, ConditionFailedException {
        Approval asked = ask(host);
        if (asked.state() == Approval.State.WAITING
                && !host.engine().clock().instant().isBefore(asked.until())) {
            host.engine().approvals().expire();
            asked = host.engine().approvals().find(approval).orElseThrow();
        }
        switch (asked.state()) {
            case WAITING:
                host.pause("approval " + asked.policy().id());
                host.showApproval(approval);
                host.show();
                return this;
            case APPROVED:
                host.pause(null);
                host.log("Approved: " + approval + " (policy " + asked.policy().id() + ")");
                return new StartBack();
            default:
                host.pause(null);
                return refused(host, asked);
        }
    }

    private Approval ask(Host host) throws IOException {
        Order order = host.order();
        Approvals approvals = host.engine().approvals();
        RollbackInfo rollback =
                host.engine().catalog().rollback(order.rollback()).orElseThrow();
        String subject = ApprovalIds.subject(
                order.target().service(), order.target().environment(), rollback.from(), rollback.to());
        Optional<Approval> known = approvals.find(approval);
        if (known.isPresent()) {
            if (!known.get().subject().equals(subject)) {
                throw new IOException("approval " + approval + " was given for something else");
            }
            return known.get();
        }
        ApprovalPolicy policy = host.policy()
                .orElseThrow(() -> new IOException("the approval policy of " + order.target() + " is gone"));
        return approvals.ask(
                approval,
                order.target(),
                order.rollback(),
                rollback.from(),
                rollback.to(),
                subject,
                policy,
                order.requesters(),
                order.build());
    }

    private State refused(Host host, Approval asked) throws IOException, ConditionFailedException {
        Order order = host.order();
        boolean rejected = asked.state() == Approval.State.REJECTED;
        String why = rejected ? "rejected" : "nobody decided in time";
        host.error("Rollback " + order.rollback() + " does not happen: " + why);
        host.engine().rollbacks().cancelled(order.rollback(), "approval " + why, Actor.SYSTEM, null);
        if (!rejected) {
            // silence is no decision: somebody can still make it, from the job's page
            new Records(host).propose(order.proposal(), "recovery");
        }
        // a deployment that failed stays failed; a rollback that was only asked for is called off
        Result result = order.isDeploying() ? Result.FAILURE : Result.ABORTED;
        return Done.failed(Errors.notApproved(result, approval, why));
    }

    @Override
    State stopped(Host host, BodyEnd how) throws IOException, ConditionFailedException {
        host.pause(null);
        host.engine().approvals().end(approval, "interrupted");
        new Records(host).cancelAndPropose(how);
        return Done.failed(how.error());
    }
}
