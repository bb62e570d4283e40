package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The deploying steps that run on this controller now, and their ears: every new entry about their target reaches them,
 * and now and then they are asked to look anyway (deadlines pass without an entry).
 */
@Extension
public final class LiveSteps extends PeriodicWork {

    private final Set<PassesExecution> steps = ConcurrentHashMap.newKeySet();
    private Ledger heardOf;

    static LiveSteps get() {
        return ExtensionList.lookupSingleton(LiveSteps.class);
    }

    void add(PassesExecution step) {
        steps.add(step);
        RollbackEngine.find().ifPresent(engine -> listen(engine.ledger()));
    }

    void remove(PassesExecution step) {
        steps.remove(step);
    }

    /** The steps of a build that has ended can do nothing any more. */
    void removeAllOf(String build) {
        steps.removeIf(step -> build.equals(step.order().build()));
    }

    /** Steps that run now. */
    List<PassesExecution> steps() {
        return List.copyOf(steps);
    }

    private synchronized void listen(Ledger ledger) {
        if (heardOf == ledger) {
            return;
        }
        heardOf = ledger;
        Workers.get().execute(() -> attach(ledger));
    }

    private void attach(Ledger ledger) {
        try {
            ledger.attach(new Ear(), ledger.size()); // what was recorded before is no news
            doRun();
        } catch (java.io.IOException e) {
            logger.log(java.util.logging.Level.WARNING, "Steps will hear of the ledger late", e);
        }
    }

    private void tell(Entry entry) {
        Target target = entry.target().orElse(null);
        if (target == null) {
            return;
        }
        for (PassesExecution step : steps) {
            if (step.order().target().equals(target)) {
                // not here: the ledger waits for its projections
                Workers.get().execute(() -> step.heard(entry));
            }
        }
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(15);
    }

    @Override
    protected void doRun() {
        steps.forEach(PassesExecution::kick);
    }

    /** Hears new entries. */
    private final class Ear implements io.jenkins.plugins.rollback.engine.ledger.Projection {

        @Override
        public void apply(Entry entry) {
            tell(entry);
        }
    }
}
