package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.vault.retention.ReleaseSweep;
import java.io.IOException;

/**
 * Drops once a day the releases that no rule of the global configuration keeps, and clears the vault of what nobody has any
 * more.
 */
@Extension
public final class ReleaseRetentionWork extends DailySweep {

    public ReleaseRetentionWork() {
        super("Release Rollback retention of releases");
    }

    @Override
    void sweep(RollbackEngine engine, TaskListener listener) throws IOException {
        ReleaseSweep.Swept swept =
                engine.releaseSweep().sweep(RollbackConfiguration.get().releasePolicy(), Actor.system("retention"));
        listener.getLogger()
                .println("Dropped " + swept.dropped().size() + " releases: " + swept.dropped() + "; freed "
                        + swept.freed().bytes() + " bytes");
    }
}
