package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.rollback.engine.ledger.SharedLedger;
import java.util.Optional;
import org.jenkinsci.Symbol;

/**
 * Tells administrators that the database of the shared ledger does not answer, that entries wait for it, or that other
 * settings were saved than those that are in use.
 */
@Extension
@Symbol("releaseRollbackLedger")
public class LedgerMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.LedgerMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return isDetached() || getSpooled() > 0 || isRestartNeeded();
    }

    public boolean isDetached() {
        return !getProblem().isEmpty();
    }

    /** Why the database is not used now, or an empty text; for the view. */
    public String getProblem() {
        return RollbackEngine.find()
                .flatMap(engine -> engine.ledger().detached())
                .orElse("");
    }

    /** How many entries wait to be merged, for the view. */
    public long getSpooled() {
        return shared().map(SharedLedger::spooled).orElse(0L);
    }

    /** Whether the ledger in use is another one than is configured, for the view. */
    public boolean isRestartNeeded() {
        return EngineLifecycle.get().isOutdated(RollbackConfiguration.get().getSharedLedger());
    }

    private static Optional<SharedLedger> shared() {
        return RollbackEngine.find()
                .map(RollbackEngine::ledger)
                .filter(SharedLedger.class::isInstance)
                .map(SharedLedger.class::cast);
    }
}
