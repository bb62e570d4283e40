package io.jenkins.plugins.rollback.config;

import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that drops once a day what is kept no longer. Not while the ledger is on hold or cut off: a copy may be all that
 * is left, what it says may be out of date, and what is dropped does not come back.
 */
abstract class DailySweep extends AsyncPeriodicWork {

    DailySweep(String name) {
        super(name);
    }

    @Override
    public final long getRecurrencePeriod() {
        return Duration.ofDays(1).toMillis();
    }

    @Override
    protected final void execute(TaskListener listener) throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null) {
            return;
        }
        Optional<String> standstill = engine.standstill().reason();
        if (standstill.isPresent()) {
            listener.getLogger().println("Nothing is dropped while " + standstill.get());
            return;
        }
        sweep(engine, listener);
    }

    /** Drops, and says what. */
    abstract void sweep(RollbackEngine engine, TaskListener listener) throws IOException;
}
