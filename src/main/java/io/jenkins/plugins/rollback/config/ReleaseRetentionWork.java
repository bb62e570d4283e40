package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleaseSweep;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Drops once a day the releases that no rule of the global configuration keeps, and clears the vault of what nobody has any
 * more. Not while the ledger is on hold or cut off: what it says of releases may be out of date.
 */
@Extension
public final class ReleaseRetentionWork extends AsyncPeriodicWork {

    public ReleaseRetentionWork() {
        super("Release Rollback retention of releases");
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofDays(1).toMillis();
    }

    @Override
    protected void execute(TaskListener listener) throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null) {
            return;
        }
        Optional<String> standstill = engine.standstill().reason();
        if (standstill.isPresent()) {
            listener.getLogger().println("Nothing is dropped while " + standstill.get());
            return;
        }
        ReleaseSweep.Swept swept =
                engine.releaseSweep().sweep(RollbackConfiguration.get().releasePolicy(), Actor.system("retention"));
        listener.getLogger()
                .println("Dropped " + swept.dropped().size() + " releases: " + swept.dropped() + "; freed "
                        + swept.freed().bytes() + " bytes");
    }
}
