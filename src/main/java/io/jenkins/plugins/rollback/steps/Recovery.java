package io.jenkins.plugins.rollback.steps;

import hudson.model.Run;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Records what builds left behind that ended without their steps ending: a killed build, a deleted one, a crash that
 * lost the program. Nothing runs by itself then; the way back is proposed and the target given free.
 */
final class Recovery {

    private static final Logger LOGGER = Logger.getLogger(Recovery.class.getName());

    private static final Actor WHO = Actor.system("recovery");

    private final RollbackEngine engine;
    private final BiPredicate<String, String> dead;

    /**
     * @param dead whether nothing lives any more that could end this: (id of the deployment or rollback, its build)
     */
    Recovery(RollbackEngine engine, BiPredicate<String, String> dead) {
        this.engine = engine;
        this.dead = dead;
    }

    /** Whether a build has ended or is gone; an unknown name is gone, nothing ({@code null}) is not. */
    static boolean isEnded(String build) {
        if (build == null) {
            return false;
        }
        try {
            Run<?, ?> run = Run.fromExternalizableId(build);
            return run == null || !run.isBuilding();
        } catch (IllegalArgumentException e) {
            return false; // not a build of this Jenkins
        }
    }

    /** Does all of it. A part that cannot be recorded is logged, and tried again when the next build ends. */
    void run() {
        for (Deployment deployment : engine.catalog().openDeployments()) {
            if (engine.isOurs(deployment.id()) && dead.test(deployment.id(), deployment.build())) {
                quietly(() -> interrupt(deployment));
            }
        }
        for (RollbackInfo rollback : engine.catalog().openRollbacks()) {
            if (engine.isOurs(rollback.id()) && dead.test(rollback.id(), carrier(rollback))) {
                quietly(() -> end(rollback));
            }
        }
        for (Target target : engine.catalog().targets()) {
            Optional<Lease> lease = engine.catalog().lease(target);
            if (lease.isPresent()
                    && engine.isOurs(lease.get())
                    && dead.test(lease.get().holder(), lease.get().build())) {
                quietly(() -> engine.leases().release(lease.get()));
            }
        }
    }

    private void interrupt(Deployment deployment) throws IOException, ConditionFailedException {
        engine.deployments().interrupted(deployment.id(), "build ended", WHO);
        LOGGER.log(Level.WARNING, "Deployment {0} of {1} was interrupted by the end of {2}", new Object[] {
            deployment.id(), deployment.target(), deployment.build()
        });
        LastGood lastGood = engine.catalog().lastGood(deployment.target(), deployment.version());
        if (lastGood.chosen().isPresent()) {
            propose(
                    deployment.target(),
                    deployment.version(),
                    lastGood.chosen().get().version(),
                    deployment.id(),
                    deployment.build());
        }
    }

    private void end(RollbackInfo rollback) throws IOException, ConditionFailedException {
        if (rollback.state() == RollbackInfo.State.STARTED) {
            engine.rollbacks().failed(rollback.id(), "build ended", WHO);
            engine.ledger()
                    .append(Event.of(EventKind.ESCALATION)
                            .target(rollback.target())
                            .version(rollback.to())
                            .actor(WHO)
                            .with("cause", "build ended while going back")
                            .with("rollback", rollback.id())
                            .with("deployment", rollback.deployment())
                            .with("build", rollback.build()));
        } else if (rollback.state() == RollbackInfo.State.REQUESTED) {
            if (isAsked(rollback)) {
                return; // people were asked and may still say yes; the way back is started then
            }
            engine.rollbacks().cancelled(rollback.id(), "build ended", WHO, null);
        } else {
            return; // a proposal needs no build
        }
        propose(rollback.target(), rollback.from(), rollback.to(), rollback.deployment(), rollback.build());
    }

    private boolean isAsked(RollbackInfo rollback) {
        return engine.approvals().waiting().stream().map(Approval::rollback).anyMatch(rollback.id()::equals);
    }

    /** The build that works on a rollback: it says so by the lease it holds; before that, by having asked for it. */
    private String carrier(RollbackInfo rollback) {
        return engine.catalog()
                .lease(rollback.target())
                .filter(lease -> lease.holder().equals(rollback.id()))
                .map(Lease::build)
                .orElse(rollback.build());
    }

    private void propose(Target target, String from, String to, String deployment, String build)
            throws IOException, ConditionFailedException {
        boolean proposed = engine.catalog().rollbacks(target).stream()
                .anyMatch(known -> known.isOpen() && known.to().equals(to));
        if (!proposed) {
            engine.rollbacks()
                    .proposed(
                            engine.ids().next(Ids.ROLLBACK),
                            target,
                            from,
                            to,
                            deployment,
                            "recovery",
                            build,
                            WHO,
                            null);
        }
    }

    /** Something to be recorded. */
    private interface Task {
        void run() throws IOException, ConditionFailedException;
    }

    private static void quietly(Task task) {
        try {
            task.run();
        } catch (ConditionFailedException e) {
            LOGGER.log(Level.FINE, "Somebody else was first", e);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "What a dead build left could not be recorded", e);
        }
    }
}
