package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateReport;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** Runs a gate to its end, look by look, with every look in the ledger before the next. */
final class DrillGate {

    private final Ledger ledger;
    private final Clock clock;
    private final Diary diary;
    private final Target target;

    DrillGate(Ledger ledger, Clock clock, Diary diary, Target target) {
        this.ledger = ledger;
        this.clock = clock;
        this.diary = diary;
        this.target = target;
    }

    /**
     * What is watched.
     *
     * @param id of the gate
     * @param title for people, for example {@code version 2.0.0}
     * @param ownerKey {@code deployment} or {@code rollback}
     * @param owner its id
     * @param version what gets the canary's traffic
     * @param phase for the timeline
     * @param from how far the drill is when it begins
     * @param to how far it is when it ends
     */
    record Subject(
            String id,
            String title,
            String ownerKey,
            String owner,
            String version,
            Phase phase,
            double from,
            double to) {}

    GateStatus run(Subject subject, Analysis analysis, DrillMetrics metrics) throws IOException, InterruptedException {
        ledger.append(event(EventKind.GATE_STARTED, subject).with("analysis", analysis.hash()));
        Gate gate = Gate.start(analysis, metrics, clock);
        GateStatus status = gate.status();
        while (!status.isEnded()) {
            Duration wait = Duration.between(clock.instant(), status.nextLook());
            if (!wait.isNegative()) {
                Thread.sleep(wait.toMillis() + 1);
            }
            int before = status.look();
            status = gate.look();
            if (status.look() > before || status.isEnded()) {
                note(subject, status);
            }
        }
        ledger.append(event(EventKind.GATE_VERDICT, subject)
                .with("look", status.look())
                .with("verdict", status.decided().name())
                .with("summary", status.summary())
                .with("metrics", GateReport.metrics(status)));
        diary.reached(
                subject.phase(),
                subject.title() + ": " + status.decided() + " after " + status.look() + " looks: " + status.summary());
        return status;
    }

    private void note(Subject subject, GateStatus status) throws IOException {
        ledger.append(event(EventKind.GATE_LOOK, subject)
                .with("look", status.look())
                .with("soFar", status.soFar().name())
                .with("metrics", GateReport.metrics(status)));
        diary.look(new DrillReport.Look(
                subject.title(),
                diary.seconds(),
                status.look(),
                status.isEnded() ? status.decided() : status.soFar(),
                status.isEnded(),
                status.metrics()));
        double share = (double) status.look() / status.looks();
        diary.progress(
                subject.phase(),
                subject.from() + share * (subject.to() - subject.from()),
                String.format(Locale.ROOT, "%s, look %d", subject.title(), status.look()));
    }

    private Event event(EventKind kind, Subject subject) {
        return Event.of(kind)
                .target(target)
                .version(subject.version())
                .actor(Actor.system("drill"))
                .with("gate", subject.id())
                .with(subject.ownerKey(), subject.owner());
    }
}
