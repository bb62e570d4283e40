package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.ledger.retention.Retention;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;

/** Drops once a day what the schedule of the global configuration keeps no longer. Does nothing without a schedule. */
@Extension
public final class RetentionWork extends DailySweep {

    public RetentionWork() {
        super("Release Rollback retention");
    }

    @Override
    void sweep(RollbackEngine engine, TaskListener listener) throws IOException {
        RetentionPolicy policy = RollbackConfiguration.get().retentionPolicy();
        if (policy.isForEver()) {
            return;
        }
        Retention.Swept swept =
                engine.sweep(policy, RollbackConfiguration.get().releasePolicy().mostGood(), Actor.system("retention"));
        listener.getLogger().println("Dropped " + swept.dropped() + " entries; recorded as entries " + swept.events());
    }
}
