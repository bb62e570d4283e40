package io.jenkins.plugins.rollback.actions;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import org.kohsuke.args4j.Option;

/** {@code rollback-approval-list}: what waits for an approval in jobs that the caller may see, oldest first. */
@Extension
public final class ListApprovalsCommand extends CLICommand {

    @Option(name = "-mine", usage = "Only what you can approve now.")
    private boolean mine;

    @Override
    public String getName() {
        return "rollback-approval-list";
    }

    @Override
    public String getShortDescription() {
        return Messages.ListApprovalsCommand_shortDescription();
    }

    @Override
    protected int run() {
        RollbackEngine.get(); // says why when it does not run
        WaitingApprovals page = ExtensionList.lookupSingleton(WaitingApprovals.class);
        for (ApprovalView approval : page.getApprovals()) {
            if (!mine || WaitingApprovals.isForViewer(approval)) {
                stdout.println(approval.getId() + "  " + approval.getService() + "  " + approval.getEnvironment() + "  "
                        + approval.getFrom() + " -> " + approval.getTo() + "  " + approval.getApproved() + "/"
                        + approval.getQuorum() + "  until "
                        + approval.approval().until() + "  "
                        + approval.approval().build());
            }
        }
        return 0;
    }
}
