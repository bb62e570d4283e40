package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AdministrativeMonitor;
import hudson.util.HttpResponses;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeyException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
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

    /** Whether the private key is what is missing; for the view. */
    public boolean isKeyLost() {
        return lifecycle().failure() instanceof LedgerKeyException;
    }

    /**
     * Goes on with a new key; a ledger in files in a new epoch.
     *
     * @param reason of the person who says that the key is lost; recorded
     */
    @RequirePOST
    public HttpResponse doConfirmLoss(@QueryParameter String reason) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String why = Util.fixEmptyAndTrim(reason);
        if (why == null) {
            return HttpResponses.errorWithoutStack(400, Messages.HoldMonitor_reasonRequired());
        }
        if (!isKeyLost()) {
            return HttpResponses.errorWithoutStack(409, Messages.EngineMonitor_keyNotLost());
        }
        lifecycle().openWithoutKey(CurrentActor.or("administrator"), why);
        return HttpResponses.forwardToPreviousPage();
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
