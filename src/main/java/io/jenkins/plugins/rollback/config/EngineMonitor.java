package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.util.HttpResponses;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Tells administrators that the ledger or the vault could not be opened, and lets them try again. */
@Extension
@Symbol("releaseRollbackEngine")
public class EngineMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.EngineMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return lifecycle().failure() != null;
    }

    /** What went wrong, for the view. */
    public String getProblem() {
        Throwable failure = lifecycle().failure();
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }

    /** Tries again. */
    @RequirePOST
    public HttpResponse doRetry() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        lifecycle().open();
        return HttpResponses.forwardToPreviousPage();
    }

    private static EngineLifecycle lifecycle() {
        return ExtensionList.lookupSingleton(EngineLifecycle.class);
    }
}
