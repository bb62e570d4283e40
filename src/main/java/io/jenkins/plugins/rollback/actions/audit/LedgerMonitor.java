package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import org.jenkinsci.Symbol;

/** Tells administrators that the ledger does not verify. */
@Extension
@Symbol("releaseRollbackLedgerCheck")
public final class LedgerMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.LedgerMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return problem() != null;
    }

    @Override
    public boolean isSecurity() {
        return true;
    }

    /** What is wrong, for the view; never {@code null}. */
    public String getProblem() {
        return String.valueOf(problem());
    }

    private static String problem() {
        LedgerCheck.Result last = LedgerCheck.get().last();
        return last == null ? null : last.problem();
    }
}
