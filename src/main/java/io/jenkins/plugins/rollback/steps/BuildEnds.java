package io.jenkins.plugins.rollback.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.rollback.actions.DeploymentAction;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Looks for what builds left open: when one ends or is deleted, and once after a start of Jenkins. */
@Extension
public final class BuildEnds extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(BuildEnds.class.getName());

    @Override
    public void onFinalized(Run<?, ?> run) {
        ended(run);
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        ended(run);
    }

    private static void ended(Run<?, ?> run) {
        String build = run.getExternalizableId();
        LiveSteps.get().removeAllOf(build);
        Set<String> ids = new HashSet<>();
        for (DeploymentAction action : run.getActions(DeploymentAction.class)) {
            ids.add(action.rollbackOrder());
            if (action.deploymentOrder() != null) {
                ids.add(action.deploymentOrder());
            }
        }
        // the ids too: a rollback that a button requested names no build, and a job may have been renamed meanwhile
        RollbackEngine.find().ifPresent(engine -> Workers.get()
                .execute(new Recovery(engine, (id, its) -> isLeft(id, its, build, ids))::run));
    }

    private static boolean isLeft(String id, String its, String build, Set<String> ids) {
        boolean ofThisBuild = build.equals(its) || ids.contains(id) && (its == null || Recovery.isEnded(its));
        // another build may have taken up what this one proposed
        return ofThisBuild && LiveSteps.get().steps().stream().noneMatch(step -> step.carriesOut(id));
    }

    /** After a start: everything open that neither a running build nor a resumed step stands for. */
    static void recoverAll() {
        RollbackEngine.find().ifPresent(engine -> {
            Set<String> alive = liveIds();
            new Recovery(engine, (id, build) -> !alive.contains(id) && Recovery.isEnded(build)).run();
        });
    }

    /** Ids that a step of a running build carries out; waits until the programs of running builds are loaded. */
    static Set<String> liveIds() {
        Set<String> ids = java.util.concurrent.ConcurrentHashMap.newKeySet();
        try {
            StepExecution.acceptAll(PassesExecution.class, step -> {
                        ids.add(step.order().rollback());
                        if (step.order().isDeploying()) {
                            ids.add(step.order().deployment());
                        }
                    })
                    .get(5, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "Not every running build could be asked what it deploys", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ids;
    }

    /** The start of Jenkins. */
    @Extension
    public static final class AfterStart extends ItemListener {

        @Override
        public void onLoaded() {
            Workers.get().execute(BuildEnds::recoverAll);
        }
    }
}
