package io.jenkins.plugins.rollback.actions;

import hudson.AbortException;
import hudson.Extension;
import hudson.cli.CLICommand;
import hudson.model.Item;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import java.util.Optional;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;
import org.springframework.security.access.AccessDeniedException;

/**
 * {@code rollback-approval-decide}: approves, rejects or takes an approval back. Needs Rollback/Approve on the job that
 * asked; the policy's rules are those of the page.
 */
@Extension
public final class DecideApprovalCommand extends CLICommand {

    @Argument(index = 0, metaVar = "ID", required = true, usage = "Which approval, as rollback-approval-list says.")
    private String id;

    @Argument(index = 1, metaVar = "DECISION", required = true, usage = "approve, reject or takeBack.")
    private String decision;

    @Option(name = "-reason", metaVar = "TEXT", required = true, usage = "Why; it is recorded.")
    private String reason;

    @Override
    public String getName() {
        return "rollback-approval-decide";
    }

    @Override
    public String getShortDescription() {
        return Messages.DecideApprovalCommand_shortDescription();
    }

    @Override
    protected int run() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        // what somebody may not see is not there for them, as on the page
        Optional<Approval> approval = engine.approvals().find(id);
        Item job = approval.map(WaitingApprovals::job).orElse(null);
        if (job == null || !job.hasPermission(RollbackPermissions.VIEW)) {
            throw new AbortException(Messages.DecideApprovalCommand_unknown(id));
        }
        job.checkPermission(RollbackPermissions.APPROVE);
        Voter voter = Voter.current().orElseThrow(() -> new AccessDeniedException(Messages.BuildApprovals_nobody()));
        Decision word = Decision.of(decision).orElseThrow(() -> new AbortException(Messages.BuildApprovals_decision()));
        try {
            word.carryOut(engine.approvals(), id, voter, reason);
        } catch (ConditionFailedException e) {
            throw new AbortException(e.getMessage());
        }
        ApprovalView now = new ApprovalView(engine.approvals().find(id).orElseThrow(), engine);
        stdout.println(Messages.DecideApprovalCommand_decided(now.getStateText(), now.getApproved(), now.getQuorum()));
        return 0;
    }
}
