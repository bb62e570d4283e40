package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.actions.DrillAction;
import io.jenkins.plugins.rollback.config.Access;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.drill.Drill;
import io.jenkins.plugins.rollback.engine.drill.DrillListener;
import io.jenkins.plugins.rollback.engine.drill.DrillOptions;
import io.jenkins.plugins.rollback.engine.drill.DrillReport;
import io.jenkins.plugins.rollback.engine.drill.Scenario;
import io.jenkins.plugins.rollback.engine.drill.TimelineItem;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

/** Runs a drill on the controller, beside the CPS thread. A restart ends it: what it started is gone then. */
final class RollbackDrillExecution extends SynchronousNonBlockingStepExecution<DrillResult> {

    private static final long serialVersionUID = 1L;

    /** A drill makes load; two at once would disturb each other's figures and everybody else. */
    private static final Semaphore ONE_AT_A_TIME = new Semaphore(1, true);

    private final String scenario;
    private final long seed;

    RollbackDrillExecution(StepContext context, String scenario, long seed) {
        super(context);
        this.scenario = scenario;
        this.seed = seed;
    }

    @Override
    protected DrillResult run() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        boolean allowed =
                run.getParent().getACL().hasPermission2(Access.authenticationOf(run), RollbackPermissions.EXECUTE);
        if (!allowed) {
            throw new AbortException(Messages.RollbackDrillStep_forbidden(
                    Access.authenticationOf(run).getName(), run.getParent().getFullName()));
        }
        Scenario chosen = Scenario.of(scenario).orElseThrow();
        PrintStream log = getContext().get(TaskListener.class).getLogger();
        ONE_AT_A_TIME.acquire();
        DrillReport report;
        try {
            RollbackEngine.get()
                    .ledger()
                    .append(Event.of(EventKind.DRILL_RUN)
                            .actor(Requesters.actor(run))
                            .with("drill", run.getExternalizableId())
                            .with("scenario", scenario)
                            .with("seed", seed));
            report = Drill.run(new DrillOptions(chosen, seed), new DrillListener() {
                @Override
                public void reached(TimelineItem item) {
                    log.println(String.format(Locale.ROOT, "%6.1f s  %s", item.seconds(), item.what()));
                }
            });
        } finally {
            ONE_AT_A_TIME.release();
        }
        DrillAction.add(run, report);
        if (!report.asExpected()) {
            throw new AbortException(Messages.RollbackDrillStep_unexpected(scenario, seed));
        }
        return new DrillResult(report);
    }
}
