package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.cli.CLICommand;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import jenkins.model.Jenkins;

/**
 * {@code rollback-ledger-verify} of Jenkins' command line: verifies the ledger of a running controller. Ends with 0, or
 * with {@value #DAMAGED} when something is wrong; Jenkins' own codes stay below.
 */
@Extension
public final class VerifyLedgerCommand extends CLICommand {

    static final int DAMAGED = 16;

    @Override
    public String getName() {
        return "rollback-ledger-verify";
    }

    @Override
    public String getShortDescription() {
        return Messages.VerifyLedgerCommand_shortDescription();
    }

    @Override
    protected int run() {
        Jenkins.get().checkPermission(RollbackPermissions.VIEW);
        LedgerCheck.Result result = LedgerCheck.get().check();
        if (result.problem() != null) {
            stderr.println(Messages.VerifyLedgerCommand_damaged(result.problem()));
            return DAMAGED;
        }
        stdout.println(Messages.VerifyLedgerCommand_verified(result.entries()));
        return 0;
    }
}
