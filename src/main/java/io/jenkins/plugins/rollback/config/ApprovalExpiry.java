package io.jenkins.plugins.rollback.config;

import hudson.Extension;
import hudson.model.PeriodicWork;
import java.io.IOException;

/** Closes questions that nobody answered in time. */
@Extension
public final class ApprovalExpiry extends PeriodicWork {

    @Override
    public long getRecurrencePeriod() {
        return 15_000; // ms; people read minutes
    }

    @Override
    protected void doRun() throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine != null) {
            engine.approvals().expire();
        }
    }
}
