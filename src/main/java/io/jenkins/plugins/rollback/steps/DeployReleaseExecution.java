package io.jenkins.plugins.rollback.steps;

import hudson.model.Run;
import io.jenkins.plugins.rollback.config.Access;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.steps.deploy.Order;
import io.jenkins.plugins.rollback.steps.deploy.State;
import java.io.PrintStream;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs {@code deployRelease}: checks, makes the order, and leaves the rest to the states. */
final class DeployReleaseExecution extends PassesExecution {

    private static final long serialVersionUID = 1L;

    // needed to start only; what outlives a restart is the order
    private final transient DeployReleaseStep step;

    DeployReleaseExecution(StepContext context, DeployReleaseStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        Access.check(run, step.getService(), step.getEnvironment(), RollbackPermissions.EXECUTE);
        Target target = new Target(step.getService(), step.getEnvironment());
        RollbackEngine engine = RollbackEngine.get();
        Start.requireRelease(engine, target.service(), step.getVersion());
        Start.requirePolicy(target, step.getApproval());
        PrintStream log = Start.log(getContext());
        Start.warnAboutDurability(getContext(), log);
        if (DeployReleaseStep.ROLLBACK.equals(step.getOnFailure())
                && RollbackConfiguration.get().wayBack(target).isEmpty()) {
            log.println(Messages.DeployReleaseStep_noWayBack(target.service(), target.environment()));
        }
        Order order = new Order.Builder(target)
                .deploy(
                        engine.ids().next(Ids.DEPLOYMENT),
                        step.getVersion(),
                        Order.OnFailure.valueOf(step.getOnFailure().toUpperCase(Locale.ROOT)),
                        DeployReleaseStep.CONTINUE.equals(step.getAfterRollback()))
                .ids(engine.ids().next(Ids.ROLLBACK), engine.ids().next(Ids.ROLLBACK))
                .approval(step.getApproval())
                .by(Requesters.actor(run), Requesters.of(run))
                .in(run.getExternalizableId(), Start.node(getContext()))
                .build();
        begin(order, State.deploying());
        return false;
    }
}
