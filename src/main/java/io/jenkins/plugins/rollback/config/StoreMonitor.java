package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.rollback.engine.vault.StoreState;
import io.jenkins.plugins.rollback.engine.vault.StoredVault;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jenkinsci.Symbol;

/** Tells administrators that the release store cannot be reached, lacks releases, or has lost something. */
@Extension
@Symbol("releaseRollbackStore")
public class StoreMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.StoreMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return state().isPresent();
    }

    /** What is wrong, in one line; for the view. */
    public String getProblem() {
        return state().map(StoreState::problem).orElse("");
    }

    /** Since when, in UTC; for the view. */
    public String getSince() {
        return state().map(
                        state -> state.since().truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("");
    }

    /** How many releases it lacks, as far as is known; for the view. */
    public int getBehind() {
        return Math.max(0, state().map(StoreState::behind).orElse(0));
    }

    private static Optional<StoreState> state() {
        return RollbackEngine.find()
                .map(RollbackEngine::vault)
                .filter(StoredVault.class::isInstance)
                .map(vault -> ((StoredVault) vault).state())
                .filter(StoreState::isTroubled);
    }
}
