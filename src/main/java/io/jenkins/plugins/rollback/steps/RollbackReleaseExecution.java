package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.rollback.config.Access;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.steps.deploy.Order;
import io.jenkins.plugins.rollback.steps.deploy.State;
import java.io.PrintStream;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code rollbackRelease}: finds out what to leave and what to go back to, and leaves the rest to the states. */
final class RollbackReleaseExecution extends PassesExecution {

    private static final long serialVersionUID = 1L;

    // needed to start only; what outlives a restart is the order
    private final transient RollbackReleaseStep step;

    RollbackReleaseExecution(StepContext context, RollbackReleaseStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        Access.check(run, step.getService(), step.getEnvironment(), RollbackPermissions.EXECUTE);
        Target target = new Target(step.getService(), step.getEnvironment());
        RollbackEngine engine = RollbackEngine.get();
        Start.requirePolicy(target, step.getApproval());
        PrintStream log = Start.log(getContext());
        Start.warnAboutDurability(getContext(), log);

        Optional<RollbackInfo> asked = AskedRollback.find(engine.catalog(), run, target, step.getRollbackId());
        Order.Builder order = asked.isPresent() ? asFound(engine, asked.get()) : asNew(engine, target, log);
        begin(
                order.approval(step.getApproval())
                        .by(Requesters.actor(run), Requesters.of(run))
                        .in(run.getExternalizableId(), Start.node(getContext()))
                        .build(),
                State.goingBack());
        return false;
    }

    /** A rollback that was proposed or requested before is carried out as it was asked for. */
    private Order.Builder asFound(RollbackEngine engine, RollbackInfo asked) throws AbortException {
        boolean same = step.getTo().equals(RollbackReleaseStep.LAST_GOOD)
                || step.getTo().equals(asked.to());
        if (!same) {
            throw new AbortException(
                    "rollback " + asked.id() + " goes back to " + asked.to() + ", not to " + step.getTo());
        }
        Start.requireRelease(engine, asked.target().service(), asked.to());
        return new Order.Builder(asked.target())
                .goBack(asked.from(), asked.to(), asked.deployment(), step.getReason())
                .ids(asked.id(), engine.ids().next(Ids.ROLLBACK));
    }

    private Order.Builder asNew(RollbackEngine engine, Target target, PrintStream log) throws AbortException {
        // what runs there now, or is half there: the newest that was not taken back, however it ended
        Optional<Deployment> current = engine.catalog().deployments(target).stream()
                .filter(deployment -> deployment.rolledBackBy() == null)
                .findFirst();
        String leaving = current.map(Deployment::version).orElse(null);
        String version = step.getTo();
        if (version.equals(RollbackReleaseStep.LAST_GOOD)) {
            LastGood lastGood = engine.catalog().lastGood(target, leaving);
            version = lastGood.chosen()
                    .map(Deployment::version)
                    .orElseThrow(
                            () -> new AbortException("cannot roll back " + target + ": " + lastGood.explanation()));
            log.println(lastGood.explanation());
        }
        Start.requireRelease(engine, target.service(), version);
        return new Order.Builder(target)
                .goBack(leaving, version, current.map(Deployment::id).orElse(null), step.getReason())
                .ids(engine.ids().next(Ids.ROLLBACK), engine.ids().next(Ids.ROLLBACK));
    }
}
