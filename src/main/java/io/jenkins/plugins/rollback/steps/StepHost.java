package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Functions;
import hudson.console.HyperlinkNote;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.actions.DeploymentAction;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import io.jenkins.plugins.rollback.steps.deploy.Host;
import io.jenkins.plugins.rollback.steps.deploy.InBody;
import io.jenkins.plugins.rollback.steps.deploy.LeaseLostInterruption;
import io.jenkins.plugins.rollback.steps.deploy.Order;
import io.jenkins.plugins.rollback.steps.deploy.Outcome;
import io.jenkins.plugins.rollback.steps.deploy.State;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** Lets a state reach Jenkins. Not saved; made anew after a restart. */
final class StepHost implements Host {

    private static final Logger LOGGER = Logger.getLogger(StepHost.class.getName());

    private final PassesExecution step;
    private final Set<String> shownApprovals = new HashSet<>();
    private String lastLine;

    StepHost(PassesExecution step) {
        this.step = step;
    }

    @Override
    public Order order() {
        return step.order();
    }

    @Override
    public RollbackEngine engine() {
        return RollbackEngine.get();
    }

    @Override
    public void log(String line) {
        listener().getLogger().println(line);
    }

    @Override
    public void error(String line) {
        listener().error(line);
    }

    @Override
    public void logOnce(String line) {
        if (!line.equals(lastLine)) {
            lastLine = line;
            log(line);
        }
    }

    @Override
    public void explain(Throwable error) {
        if (error == null) {
            return;
        }
        if (error instanceof AbortException || error instanceof FlowInterruptedException) {
            error(error.getMessage());
        } else {
            Functions.printStackTrace(error, listener().error(error.toString()));
        }
    }

    @Override
    public String restore(ReleaseId release) throws IOException, InterruptedException {
        if (order().node() == null) {
            return null;
        }
        FilePath workspace = step.getContext().get(FilePath.class);
        if (workspace == null) {
            throw new IOException("The workspace around this step is gone");
        }
        return ReleaseFolder.restore(engine(), release, workspace, listener());
    }

    @Override
    public boolean isNodeLost() {
        if (order().node() == null) {
            return false;
        }
        Computer computer = Jenkins.get().getComputer(order().node());
        return computer == null || computer.isOffline();
    }

    @Override
    public void launch(InBody pass, DeploymentContext context) throws IOException, InterruptedException {
        step.launch(
                pass, PassVariables.label(context), PassVariables.of(context, commit(context), pass.folder()), context);
    }

    private String commit(DeploymentContext context) {
        Catalog catalog = engine().catalog();
        return catalog.release(context.release())
                .map(release -> release.commit())
                .orElse(null);
    }

    @Override
    public Optional<ApprovalPolicy> policy() throws IOException {
        try {
            return RollbackConfiguration.get().approvalPolicy(order().target(), order().approval());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    public void pause(String why) {
        try {
            FlowNode node = step.getContext().get(FlowNode.class);
            PauseAction now = PauseAction.getCurrentPause(node);
            boolean paused = now != null && now.isPaused();
            if (paused && !now.getCause().equals(why)) {
                PauseAction.endCurrentPause(node);
                paused = false;
            }
            if (why != null && !paused) {
                node.addAction(new PauseAction(why));
                if (order().node() != null) {
                    logOnce(
                            "Waiting keeps the executor of the enclosing node; put this step outside 'node' to free it");
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The pause cannot be shown", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void showApproval(String approval) {
        if (!shownApprovals.add(approval)) {
            return;
        }
        run().ifPresent(run -> log("Approval needed (" + approval + "): "
                + HyperlinkNote.encodeTo('/' + run.getUrl() + "rollback-approvals/", "approve or reject")));
    }

    @Override
    public void show() {
        run().ifPresent(run -> {
            try {
                DeploymentAction.refresh(run, order(), engine());
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "What hangs on " + run + " could not be refreshed", e);
            }
        });
    }

    @Override
    public void finish(Outcome outcome) {
        step.finish(outcome);
    }

    /** After a restart inside the body: what was recorded just before it may not have reached the body. */
    void resumed(State state) {
        if (state instanceof InBody pass && pass.isLaunched()) {
            Workers.get().execute(() -> engine().catalog().timeline(owner(pass)).stream()
                    .filter(entry -> isFailedGate(entry, pass))
                    .forEach(entry -> Siblings.cancel(step.body(), entry)));
        }
    }

    /** Something was recorded about the target while the body runs. */
    void heard(Entry entry, InBody pass) {
        if (isFailedGate(entry, pass)) {
            Siblings.cancel(step.body(), entry);
        } else if (entry.kind() == EventKind.LEASE_TAKEN && !step.carriesOut(String.valueOf(entry.text("holder")))) {
            BodyExecution body = step.body();
            if (body != null) {
                error(order().target() + " was taken over by " + entry.text("holder"));
                body.cancel(new FlowInterruptedException(
                        hudson.model.Result.FAILURE,
                        false,
                        new LeaseLostInterruption(
                                order().target().service(), order().target().environment(), entry.text("holder"))));
            }
        }
    }

    private boolean isFailedGate(Entry entry, InBody pass) {
        if (entry.kind() != EventKind.GATE_VERDICT || !Verdict.FAIL.name().equals(entry.text("verdict"))) {
            return false;
        }
        String rollback = entry.text("rollback");
        return owner(pass).equals(rollback != null ? rollback : entry.text("deployment"));
    }

    private String owner(InBody pass) {
        return pass.pass() == DeploymentContext.Pass.FORWARD ? order().deployment() : order().rollback();
    }

    private Optional<Run<?, ?>> run() {
        try {
            return Optional.ofNullable(step.getContext().get(Run.class));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The build is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private TaskListener listener() {
        try {
            TaskListener listener = step.getContext().get(TaskListener.class);
            return listener == null ? TaskListener.NULL : listener;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The build is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return TaskListener.NULL;
    }
}
