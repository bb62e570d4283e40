package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.vault.StoredVault;
import java.io.IOException;
import java.time.Duration;

/** Brings a release store up to date when it was away, or when a copy ended with its Jenkins. */
@Extension
public final class StoreWork extends AsyncPeriodicWork {

    public StoreWork() {
        super("Release Rollback store");
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofMinutes(10).toMillis();
    }

    @Override
    protected void execute(TaskListener listener) throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine != null && engine.vault() instanceof StoredVault vault && !vault.synchronize()) {
            listener.getLogger().println(vault.state());
        }
    }
}
