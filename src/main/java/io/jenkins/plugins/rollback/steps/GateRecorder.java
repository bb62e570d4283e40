package io.jenkins.plugins.rollback.steps;

import hudson.model.Run;
import io.jenkins.plugins.rollback.actions.GateAction;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.gate.GateReport;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes what a gate did into the ledger and onto the build. */
final class GateRecorder {

    private static final Logger LOGGER = Logger.getLogger(GateRecorder.class.getName());

    /** An entry of the ledger is at most 65,535 bytes; the baseline gives way to the rest. */
    private static final int ROOM_FOR_BASELINE = 40_000;

    private static final int PAGE = 1000;

    private final RollbackEngine engine;
    private final GateSubject subject;
    private final String id;
    private final boolean verification;

    GateRecorder(RollbackEngine engine, GateSubject subject, String id, boolean verification) {
        this.engine = engine;
        this.subject = subject;
        this.id = id;
        this.verification = verification;
    }

    void started(Run<?, ?> run, Gate gate, String node) throws IOException {
        Entry entry = engine.ledger()
                .append(subject.event(EventKind.GATE_STARTED, id)
                        .actor(Requesters.actor(run))
                        .with("analysis", gate.analysis().hash())
                        .with("file", gate.analysis().fileName())
                        .with("verification", verification)
                        .with("build", run.getExternalizableId())
                        .with("node", node));
        GateAction.of(run, id).started(gate, subject.target(), subject.version(), verification, entry.index());
        run.save();
    }

    void looked(Run<?, ?> run, GateStatus status) throws IOException {
        Entry entry = engine.ledger()
                .append(subject.event(EventKind.GATE_LOOK, id)
                        .with("look", status.look())
                        .with("verdict", status.soFar().name())
                        .with("metrics", GateReport.metrics(status)));
        GateAction.of(run, id).looked(status, entry.index());
        run.save();
    }

    /** Records what a person is about to do to the gate. */
    Entry hand(GateHand hand, Gate gate, Actor who, String reason) throws IOException {
        return engine.ledger()
                .append(hand.describe(subject.event(EventKind.OVERRIDE, id), gate)
                        .actor(who)
                        .reason(reason));
    }

    /** Shows on the build what a person has done. */
    void handed(Run<?, ?> run, Entry entry, GateStatus status) throws IOException {
        GateAction.of(run, id).handed(status, entry.index());
        run.save();
    }

    /** What the ledger says of the gate and its build does not know yet: after a crash between the two. */
    List<Entry> unseen(Run<?, ?> run) throws IOException {
        List<Long> known = GateAction.of(run, id).entries();
        if (known.isEmpty()) {
            return List.of();
        }
        List<Entry> unseen = new ArrayList<>();
        long size = engine.ledger().size();
        for (long from = known.get(known.size() - 1) + 1; from < size; from += PAGE) {
            engine.ledger().entries(from, Math.min(size, from + PAGE)).stream()
                    .filter(entry -> id.equals(entry.text("gate")))
                    .forEach(unseen::add);
        }
        return unseen;
    }

    /** The number of the last look that the ledger has. */
    int looksRecorded(Run<?, ?> run) throws IOException {
        int last = GateAction.of(run, id).getLook();
        for (Entry entry : unseen(run)) {
            last = entry.kind() == EventKind.GATE_LOOK
                    ? Math.max(last, entry.data().path("look").asInt())
                    : last;
        }
        return last;
    }

    /** Records the verdict, or finds the one that was recorded before a restart. Once a gate. */
    Entry ended(Run<?, ?> run, Gate gate, String node) throws IOException {
        GateStatus status = gate.status();
        Event event = subject.event(EventKind.GATE_VERDICT, id)
                .with("look", status.look())
                .with("verdict", status.decided().name())
                .with("outcome", gate.outcome().word())
                .with("judged", gate.isOverridden() ? status.soFar().name() : null)
                .with("summary", status.summary())
                .with("metrics", GateReport.metrics(status))
                .with("verification", verification)
                .with("comparedWith", gate.comparedWith())
                .with("node", node);
        baseline(gate, event);
        Optional<Entry> known = verdict(run);
        Entry entry = known.isPresent() ? known.get() : engine.ledger().append(event);
        verifiesFinishedRollback(status);
        GateAction.of(run, id)
                .ended(
                        status,
                        gate.outcome(),
                        entry.index(),
                        engine.ledger().checkpoint().note());
        run.save();
        return entry;
    }

    /** The verdict that is in the ledger already: after a crash between writing it and ending the step. */
    private Optional<Entry> verdict(Run<?, ?> run) throws IOException {
        Long known = GateAction.of(run, id).verdictEntry();
        if (known != null) {
            return Optional.of(engine.ledger().entry(known));
        }
        return unseen(run).stream()
                .filter(entry -> entry.kind() == EventKind.GATE_VERDICT)
                .findFirst();
    }

    /** Records who stopped the gate before its verdict. */
    void stopped(Run<?, ?> run, GateStatus status, Actor who, String why) throws IOException {
        engine.ledger()
                .append(subject.event(EventKind.OVERRIDE, id)
                        .actor(who)
                        .with("what", "gate stopped")
                        .with(
                                "was",
                                status == null ? "starting" : status.soFar().name())
                        .with("now", "stopped"));
        GateAction.of(run, id).stopped(why);
        run.save();
    }

    private void baseline(Gate gate, Event event) {
        boolean known = gate.status().decided() == Verdict.PASS || gate.status().decided() == Verdict.FAIL;
        if (verification || !known || gate.isOverridden()) {
            return; // what a person says of a track proves nothing about it
        }
        // what passed is the healthy one of tomorrow; beside what failed, the other track was
        var track = gate.status().decided() == Verdict.PASS ? gate.canary() : gate.baseline();
        var healthy = track.toJson();
        // a judge that asks no baseline has none to offer, and must not hide an earlier one
        if (!track.isEmpty()
                && healthy.toString().length() < ROOM_FOR_BASELINE
                && event.data().toString().length() < 20_000) {
            event.with("baseline", healthy);
        }
    }

    /** Outside a body, a verification says something about the rollback that is still open there, if one is. */
    private void verifiesFinishedRollback(GateStatus status) {
        if (!verification || subject.owner() != null) {
            return;
        }
        Catalog catalog = engine.catalog();
        Optional<RollbackInfo> newest =
                catalog.rollbacks(subject.target()).stream().findFirst();
        if (newest.isEmpty() || newest.get().state() != RollbackInfo.State.STARTED) {
            return;
        }
        try {
            engine.rollbacks().verified(newest.get().id(), status.decided(), status.summary());
        } catch (IOException | ConditionFailedException e) {
            LOGGER.log(Level.FINE, e, () -> "rollback " + newest.get().id() + " was not verified by gate " + id);
        }
    }
}
