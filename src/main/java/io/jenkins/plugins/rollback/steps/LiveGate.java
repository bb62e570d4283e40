package io.jenkins.plugins.rollback.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.rollback.actions.GateFile;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * A gate while it runs in a build. Looks, people's hands and the build's own end come one at a time, and each is
 * written down, with every sample, before the next begins: whatever happens at the same moment, one of them is first
 * and the others find out.
 */
final class LiveGate {

    private static final long PATIENCE_SECONDS = 30; // a hand waits so long for a look that cannot be interrupted

    private final Run<?, ?> run;
    private final String id;
    private final Gate gate;
    private final GateRecorder recorder;
    private final GateLog log;
    private final String node;
    private final ReentrantLock turn = new ReentrantLock();
    private Thread asking;
    private volatile GateStatus status;
    private volatile boolean closed;
    private Entry verdict;

    LiveGate(Run<?, ?> run, String id, Gate gate, GateRecorder recorder, GateLog log, String node) {
        this.run = run;
        this.id = id;
        this.gate = gate;
        this.recorder = recorder;
        this.log = log;
        this.node = node;
        status = gate.status();
    }

    /** Records its beginning. */
    void begin(boolean insideNode) throws IOException {
        GateFile.write(run, id, gate);
        recorder.started(run, gate, node);
        log.started(id, gate, insideNode);
    }

    /** Reads it back after a restart, with what was recorded just before the controller died and not done any more. */
    static LiveGate resume(Run<?, ?> run, String id, GateRecorder recorder, GateLog log, String node)
            throws IOException {
        Gate gate = GateFile.read(run, id)
                .orElseThrow(() -> new AbortException("the samples of gate " + id + " are gone from " + run));
        LiveGate live = new LiveGate(run, id, gate, recorder, log, node);
        log.resumed(id);
        if (gate.status().look() > recorder.looksRecorded(run)) {
            recorder.looked(run, gate.status()); // its samples were saved; that it was taken was not said any more
        }
        for (Entry entry : recorder.unseen(run)) {
            if (GateHand.again(entry, gate)) {
                live.took(entry);
            }
        }
        return live;
    }

    GateStatus status() {
        return status;
    }

    Gate gate() {
        return gate;
    }

    /**
     * Takes the look that is due, or finishes what has ended.
     *
     * @return the entry of its verdict when it has ended
     * @throws InterruptedException when a hand or the build's end came in between; the look can be taken again
     */
    Optional<Entry> look() throws IOException, InterruptedException {
        turn.lockInterruptibly();
        try {
            if (closed) {
                return Optional.empty();
            }
            int before = gate.status().look();
            if (!gate.status().isEnded()) {
                ask();
                save();
                if (status.look() > before) {
                    recorder.looked(run, status);
                }
                if (status.look() > before || status.look() == 0) {
                    log.looked(status, gate.latestEnd());
                }
            }
            return ended();
        } finally {
            turn.unlock();
        }
    }

    private void ask() throws InterruptedException {
        synchronized (this) {
            asking = Thread.currentThread();
        }
        try {
            gate.look();
        } finally {
            synchronized (this) {
                asking = null;
            }
            Thread.interrupted(); // what came too late must not hit what is written next
        }
    }

    private synchronized void interrupt() {
        if (asking != null) {
            asking.interrupt();
        }
    }

    private Optional<Entry> ended() throws IOException {
        if (!status.isEnded()) {
            return Optional.empty();
        }
        if (verdict == null) {
            verdict = recorder.ended(run, gate, node);
            log.ended(id, status);
        }
        return Optional.of(verdict);
    }

    private void save() throws IOException {
        GateFile.write(run, id, gate);
        status = gate.status();
    }

    /**
     * Does what a person wants. A look that is under way does not count then and is taken again.
     *
     * @return the entry of the gate's verdict when it has ended by that
     * @throws ConditionFailedException with a sentence for the person when it is too late; nothing was recorded
     */
    Optional<Entry> hand(GateHand hand, Actor who, String shown, String reason)
            throws IOException, ConditionFailedException, InterruptedException {
        interrupt();
        if (!turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new ConditionFailedException("the gate is busy with a look; try again");
        }
        try {
            String refused = hand.refusedBy(gate);
            if (refused == null && closed) {
                refused = "the gate is being stopped with its build";
            }
            if (refused != null) {
                throw new ConditionFailedException(refused);
            }
            Entry entry = recorder.hand(hand, gate, who, reason);
            log.hand(id, hand, shown, reason);
            GateHand.again(entry, gate);
            took(entry);
            return ended();
        } finally {
            turn.unlock();
        }
    }

    private void took(Entry entry) throws IOException {
        save();
        recorder.handed(run, entry, status);
    }

    /** Lets nothing more happen; returns at once. */
    void close() {
        closed = true;
        interrupt();
    }

    /** Records who or what stopped it, after {@link #close}, unless it has its verdict. Waits for what is under way. */
    void stopped(Throwable cause) throws IOException {
        Actor who = Actor.system("build");
        String why = String.valueOf(cause);
        if (cause instanceof FlowInterruptedException interruption) {
            for (CauseOfInterruption one : interruption.getCauses()) {
                why = one.getShortDescription();
                if (one instanceof CauseOfInterruption.UserInterruption user) {
                    who = Actor.user(user.getUserId());
                }
            }
        }
        turn.lock();
        try {
            if (!status.isEnded()) {
                recorder.stopped(run, status, who, why);
            }
        } finally {
            turn.unlock();
        }
    }
}
