package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.ledger.retention.Retention;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Drops once a day what the schedule of the global configuration keeps no longer. Does nothing without a schedule. */
@Extension
public final class RetentionWork extends AsyncPeriodicWork {

    public RetentionWork() {
        super("Release Rollback retention");
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofDays(1).toMillis();
    }

    @Override
    protected void execute(TaskListener listener) throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        RetentionPolicy policy = RollbackConfiguration.get().retentionPolicy();
        if (engine == null || policy.isForEver()) {
            return;
        }
        Optional<String> standstill = engine.standstill().reason();
        if (standstill.isPresent()) { // a copy may be all that is left, and what is dropped does not come back
            listener.getLogger().println("Nothing is dropped while " + standstill.get());
            return;
        }
        Retention.Swept swept =
                engine.sweep(policy, RollbackConfiguration.get().releasePolicy().mostGood(), Actor.system("retention"));
        listener.getLogger().println("Dropped " + swept.dropped() + " entries; recorded as entries " + swept.events());
    }
}
