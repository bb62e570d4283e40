package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.rollback.actions.DeploymentAction;
import io.jenkins.plugins.rollback.config.Claims;
import io.jenkins.plugins.rollback.config.EngineListener;
import io.jenkins.plugins.rollback.config.Items;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.ledger.Epochs;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Compares the ledger, when it was opened, with the checkpoints that builds keep: of each job that speaks for a service the
 * newest one. A ledger that was put back alone, without the builds, is found out by that.
 */
@Extension
public final class HeldByBuilds implements EngineListener {

    private static final Logger LOGGER = Logger.getLogger(HeldByBuilds.class.getName());

    /** How many jobs are looked at, so that a start does not take minutes. */
    private static final int JOBS = 500;

    /** How many builds of a job: of its newest ones at least one should have deployed something. */
    private static final int BUILDS = 5;

    /** At the start of Jenkins there are no jobs yet: see {@link AfterStart}. */
    @Override
    public void onOpened(RollbackEngine engine) {
        if (Jenkins.get().getInitLevel().compareTo(InitMilestone.JOB_LOADED) >= 0) {
            compare(engine);
        }
    }

    private static void compare(RollbackEngine engine) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : jobs()) {
                compare(engine, job);
            }
        }
    }

    private static Set<Job<?, ?>> jobs() {
        Set<Job<?, ?>> jobs = new LinkedHashSet<>();
        for (String service : Claims.services()) {
            for (ServiceClaim claim : Claims.of(service)) {
                Item item = Items.find(claim.getItem());
                if (item instanceof Job<?, ?> job) {
                    jobs.add(job);
                } else if (item instanceof ItemGroup<?> group) {
                    for (Job<?, ?> job : group.getAllItems(Job.class)) {
                        jobs.add(job);
                    }
                }
                if (jobs.size() > JOBS) {
                    return jobs;
                }
            }
        }
        return jobs;
    }

    private static void compare(RollbackEngine engine, Job<?, ?> job) {
        int seen = 0;
        for (Run<?, ?> run : job.getBuilds()) {
            boolean kept = false;
            for (DeploymentAction action : run.getActions(DeploymentAction.class)) {
                String note = action.getCheckpoint();
                // a job may also keep checkpoints of a ledger that this controller used before
                if (note != null && Epochs.isOfLog(note, engine.ledger().origin())) {
                    kept = true;
                    compare(engine, run, note);
                }
            }
            if (kept || ++seen == BUILDS) {
                return;
            }
        }
    }

    private static void compare(RollbackEngine engine, Run<?, ?> run, String note) {
        try {
            engine.guard().compare(run.getFullDisplayName(), note);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The ledger could not be compared with the record of " + run, e);
        }
    }

    /** Before anything else, as others start what was left: builds that go on, the way back of a rollback. */
    @Extension(ordinal = 1_000)
    public static final class AfterStart extends ItemListener {

        @Override
        public void onLoaded() {
            RollbackEngine.find().ifPresent(HeldByBuilds::compare);
        }
    }
}
