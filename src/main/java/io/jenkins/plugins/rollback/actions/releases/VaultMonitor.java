package io.jenkins.plugins.rollback.actions.releases;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.rollback.actions.When;
import io.jenkins.plugins.rollback.engine.vault.VaultFault;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Tells administrators which releases cannot be restored because their bytes have changed. */
@Extension
@Symbol("releaseRollbackVault")
public final class VaultMonitor extends AdministrativeMonitor {

    private static final int SHOWN = 20;

    @Override
    public String getDisplayName() {
        return Messages.VaultMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !faults().isEmpty();
    }

    private static List<VaultFault> faults() {
        VaultResult last = VaultCheck.get().last();
        return last == null ? List.of() : last.faults();
    }

    /** The first ones, for the view. */
    public List<String> getFaults() {
        return faults().stream().limit(SHOWN).map(VaultFault::toString).toList();
    }

    /** How many more there are. */
    public int getMore() {
        return Math.max(0, faults().size() - SHOWN);
    }

    /** When that was found. */
    public When getFound() {
        VaultResult last = VaultCheck.get().last();
        return last == null ? null : When.of(last.at());
    }

    public boolean isUnderWay() {
        return VaultCheck.get().isUnderWay();
    }

    /** Checks again, after somebody has brought the files back from a backup. */
    @RequirePOST
    public HttpResponse doCheck() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        VaultCheck.get().ask();
        return HttpResponses.forwardToPreviousPage();
    }
}
