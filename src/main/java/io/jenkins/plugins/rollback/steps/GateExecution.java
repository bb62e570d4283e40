package io.jenkins.plugins.rollback.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.config.Access;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.gate.Outcome;
import io.jenkins.plugins.rollback.engine.gate.RecordedBaseline;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A running gate. Between looks it is nothing but an entry in Jenkins' timer; looks are taken in {@link GateWorkers}.
 * After each look the gate, with all samples and the moment of its next look, is saved with the program as one text, so
 * that a restart goes on where it was.
 */
final class GateExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(GateExecution.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GateOrder order;
    private GateSubject subject;
    private String id;
    private String saved;

    private transient Gate gate;
    private transient ScheduledFuture<?> timer;
    private transient Thread looking;
    private transient boolean over;

    GateExecution(StepContext context, GateOrder order) {
        super(context);
        this.order = order;
    }

    @Override
    public boolean start() {
        GateWorkers.execute(() -> attempt(this::begin));
        return false;
    }

    @Override
    public void onResume() {
        GateWorkers.execute(() -> attempt(saved == null ? this::begin : this::resume));
    }

    private interface Work {
        void run() throws Exception;
    }

    /** Runs a piece of work in a pool thread; whatever goes wrong ends the step, but for a stop. */
    private void attempt(Work work) {
        synchronized (this) {
            if (over) {
                return;
            }
            looking = Thread.currentThread();
        }
        try {
            work.run();
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "A look was interrupted", e);
            synchronized (this) {
                if (!over) {
                    schedule(1000);
                }
            }
        } catch (Exception | LinkageError e) {
            end(() -> getContext().onFailure(e));
        } finally {
            synchronized (this) {
                looking = null;
            }
            Thread.interrupted(); // a stop that came too late must not hit the pool's next task
        }
    }

    private void begin() throws Exception {
        Run<?, ?> run = run();
        RollbackEngine engine;
        try {
            engine = RollbackEngine.get();
        } catch (RuntimeException e) {
            throw new AbortException(e.getMessage());
        }
        GateSubject about = GateSubject.of(order, getContext().get(DeploymentContext.class), engine.catalog());
        Access.check(run, about.service(), about.environment(), RollbackPermissions.EXECUTE);
        Analysis analysis = AnalysisFiles.read(getContext(), order.analysis(), engine.metricSources());
        Gate made = order.isVerification()
                ? verification(engine, about, analysis)
                : Gate.start(analysis, engine.metricSources(), engine.clock());
        String newId = engine.ids().next(Ids.GATE);
        synchronized (this) {
            gate = made;
            subject = about;
            id = newId;
            saved = made.save().toString();
        }
        recorder().started(run, made, nodeId());
        getContext().saveState();
        log().started(newId, made, getContext().get(FilePath.class) != null);
        pause();
        look();
    }

    private Gate verification(RollbackEngine engine, GateSubject about, Analysis analysis) throws IOException {
        RecordedBaseline recorded = Baselines.newest(engine.ledger(), about.target())
                .orElseThrow(() -> new AbortException("there is no recorded baseline of " + about.target()
                        + ": no gate of it has passed or failed yet; verifyRelease compares with what a gate saw"));
        return Gate.startAgainst(analysis, recorded, order.verifiedTrack(), engine.metricSources(), engine.clock());
    }

    private void resume() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        synchronized (this) {
            gate = Gate.load((ObjectNode) JSON.readTree(saved), engine.metricSources(), engine.clock());
        }
        Optional<Entry> verdict = recorder().verdict();
        if (verdict.isPresent()) {
            // written just before the controller died
            conclude(
                    Verdict.valueOf(verdict.get().text("verdict")),
                    verdict.get().text("summary"));
            return;
        }
        getContext().get(TaskListener.class).getLogger().println("Gate " + id + " goes on after a restart");
        pause();
        look();
    }

    /** Takes the look if it is due; then waits for the next, or ends. */
    private void look() throws Exception {
        int before = gate.status().look();
        GateStatus status = gate.status().isEnded() ? gate.status() : gate.look();
        synchronized (this) {
            if (over) {
                return;
            }
            saved = gate.save().toString();
        }
        getContext().saveState();
        if (status.look() > before) {
            recorder().looked(run(), status);
            log().looked(status);
        } else if (status.look() == 0) {
            log().looked(status);
        }
        if (!status.isEnded()) {
            schedule(status.nextLook().toEpochMilli()
                    - RollbackEngine.get().clock().millis());
            return;
        }
        Entry entry = recorder().ended(run(), gate, nodeId());
        log().ended(id, status);
        conclude(Verdict.valueOf(entry.text("verdict")), entry.text("summary"));
    }

    private synchronized void schedule(long milliseconds) {
        if (!over) {
            timer = GateWorkers.executeIn(milliseconds, () -> attempt(gate == null ? this::begin : this::look));
        }
    }

    private void conclude(Verdict verdict, String summary) {
        Outcome outcome = gate.analysis().outcome(verdict);
        String message = "Gate " + id + " said " + verdict + ": " + summary;
        end(() -> {
            if (!order.failBuild() || outcome == Outcome.PROMOTE) {
                getContext().onSuccess(verdict.name());
            } else if (outcome == Outcome.FAIL) {
                getContext().onFailure(new GateFailedException(verdict, message));
            } else {
                // an actual interruption: nothing goes back by itself, a person decides
                getContext()
                        .onFailure(new FlowInterruptedException(
                                Result.FAILURE, true, new GateHeldInterruption(id, message)));
            }
        });
    }

    /** Ends the step once; every exit goes through here or through {@link #stop}. */
    private void end(Runnable last) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        endPause();
        last.run();
    }

    @Override
    public void stop(Throwable cause) {
        GateStatus status;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (timer != null) {
                timer.cancel(false);
            }
            if (looking != null) {
                looking.interrupt();
            }
            status = gate == null ? null : gate.status();
        }
        GateWorkers.execute(() -> {
            endPause();
            recordStop(status, cause);
            getContext().onFailure(cause);
        });
    }

    private void recordStop(GateStatus status, Throwable cause) {
        if (id == null) {
            return; // nothing was recorded yet
        }
        Actor who = Actor.system("build");
        String why = cause.toString();
        if (cause instanceof FlowInterruptedException interruption) {
            for (CauseOfInterruption one : interruption.getCauses()) {
                why = one.getShortDescription();
                if (one instanceof CauseOfInterruption.UserInterruption user) {
                    who = Actor.user(user.getUserId());
                }
            }
        }
        try {
            recorder().stopped(run(), status, who, why);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "That gate " + id + " was stopped could not be recorded");
        }
    }

    @Override
    public synchronized String getStatus() {
        if (gate == null) {
            return "starting";
        }
        GateStatus status = gate.status();
        return "look " + status.look() + " of " + status.looks() + ", " + status.soFar() + " so far, next at "
                + status.nextLook();
    }

    private GateRecorder recorder() {
        return new GateRecorder(RollbackEngine.get(), subject, id, order.isVerification());
    }

    private GateLog log() throws IOException, InterruptedException {
        return new GateLog(getContext().get(TaskListener.class));
    }

    private Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    private String nodeId() throws IOException, InterruptedException {
        return getContext().get(FlowNode.class).getId();
    }

    private void pause() throws IOException, InterruptedException {
        FlowNode node = getContext().get(FlowNode.class);
        GatePause.begin(node, order.isVerification() ? "Verification" : "Canary gate");
    }

    private void endPause() {
        try {
            GatePause.end(getContext().get(FlowNode.class));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "The pause could not be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
