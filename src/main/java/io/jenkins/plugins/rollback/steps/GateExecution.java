package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.config.Access;
import io.jenkins.plugins.rollback.config.CurrentActor;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.gate.Outcome;
import io.jenkins.plugins.rollback.engine.gate.RecordedBaseline;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A running gate. Between looks it is nothing but an entry in Jenkins' timer; looks are taken in {@link GateWorkers}.
 * After each look the gate, with all samples and the moment of its next look, is saved beside the build, so that a
 * restart goes on where it was; what is saved with the program is only which gate it is.
 */
final class GateExecution extends StepExecution implements RunningGate {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(GateExecution.class.getName());

    private final GateOrder order;
    private GateSubject subject;
    private String id;

    private transient volatile LiveGate live;
    private transient ScheduledFuture<?> timer;
    private transient boolean over;
    private transient Throwable stoppedBy;

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
        GateWorkers.execute(() -> attempt(this::goOn));
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
        }
    }

    private void goOn() throws Exception {
        if (live != null) {
            look();
        } else if (id != null) {
            watch(LiveGate.resume(run(), id, recorder(), log(), nodeId()));
        } else {
            begin();
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
            subject = about;
            id = newId;
        }
        LiveGate begun = new LiveGate(run, newId, made, recorder(), log(), nodeId());
        begun.begin(getContext().get(FilePath.class) != null);
        getContext().saveState();
        watch(begun);
    }

    /** From here on people can reach it. */
    private void watch(LiveGate gate) throws Exception {
        synchronized (this) {
            if (!over) {
                live = gate;
                RunningGates.add(this);
            }
        }
        if (live == null) { // stopped while it began
            gate.close();
            recordStop(gate, stoppedBy);
            return;
        }
        pause();
        look();
    }

    private Gate verification(RollbackEngine engine, GateSubject about, Analysis analysis) throws IOException {
        RecordedBaseline recorded = Baselines.newest(engine.ledger(), about.target())
                .orElseThrow(() -> new AbortException("there is no recorded baseline of " + about.target()
                        + ": no gate of it has passed or failed yet; verifyRelease compares with what a gate saw"));
        return Gate.startAgainst(analysis, recorded, order.verifiedTrack(), engine.metricSources(), engine.clock());
    }

    /** Takes the look if it is due; then waits for the next, or ends. */
    private void look() throws Exception {
        Optional<Entry> verdict = live.look();
        if (verdict.isPresent()) {
            conclude(verdict.get());
        } else {
            schedule(live.status().nextLook().toEpochMilli()
                    - RollbackEngine.get().clock().millis());
        }
    }

    private synchronized void schedule(long milliseconds) {
        if (!over) {
            timer = GateWorkers.executeIn(milliseconds, () -> attempt(this::goOn));
        }
    }

    @Override
    public void take(GateHand hand, String reason) throws IOException, ConditionFailedException, InterruptedException {
        Actor who = CurrentActor.or("gate");
        live.hand(hand, who, Jenkins.getAuthentication2().getName(), reason).ifPresent(this::conclude);
    }

    private void conclude(Entry entry) {
        Verdict verdict = Verdict.valueOf(entry.text("verdict"));
        Outcome outcome = live.gate().analysis().outcome(verdict);
        String message = "Gate " + id + " said " + verdict + ": " + entry.text("summary");
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
            if (timer != null) {
                timer.cancel(false);
            }
        }
        RunningGates.remove(this);
        if (live != null) {
            live.close();
        }
        endPause();
        last.run();
    }

    @Override
    public void stop(Throwable cause) {
        LiveGate stopping;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (timer != null) {
                timer.cancel(false);
            }
            stopping = live;
            stoppedBy = cause;
        }
        RunningGates.remove(this);
        if (stopping != null) {
            stopping.close();
        }
        GateWorkers.execute(() -> {
            endPause();
            if (stopping != null) {
                recordStop(stopping, cause);
            }
            getContext().onFailure(cause);
        });
    }

    private void recordStop(LiveGate stopping, Throwable cause) {
        try {
            stopping.stopped(cause);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "That gate " + id + " was stopped could not be recorded");
        }
    }

    @Override
    public String getStatus() {
        if (live == null) {
            return "starting";
        }
        GateStatus status = status();
        return "look " + status.look() + " of " + status.looks() + ", " + status.soFar() + " so far, next at "
                + status.nextLook();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Run<?, ?> build() throws IOException, InterruptedException {
        return run();
    }

    @Override
    public Target target() {
        return subject.target();
    }

    @Override
    public GateStatus status() {
        return live.status();
    }

    @Override
    public Duration interval() {
        return live.gate().analysis().interval();
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
