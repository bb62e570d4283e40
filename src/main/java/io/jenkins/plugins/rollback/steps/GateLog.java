package io.jenkins.plugins.rollback.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.gate.Gate;
import io.jenkins.plugins.rollback.engine.gate.GateHand;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What a gate says in the build log: the number of the look, how it stands, a line a metric, when the next look is. */
final class GateLog {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final PrintStream log;

    GateLog(TaskListener listener) {
        log = listener.getLogger();
    }

    void started(String id, Gate gate, boolean insideNode) {
        log.println("Gate " + id + ": " + gate.analysis().fileName() + " (SHA-256 "
                + gate.analysis().hash().substring(0, 12) + "), at most "
                + gate.analysis().looks() + " looks, one every "
                + gate.analysis().interval().toString().substring(2).toLowerCase(java.util.Locale.ROOT));
        gate.analysis().warnings().forEach(warning -> log.println("Warning: " + warning));
        if (insideNode) {
            log.println(
                    "Warning: waiting keeps the executor of the enclosing node; put this step outside 'node' to free"
                            + " it");
        }
    }

    void resumed(String id) {
        log.println("Gate " + id + " goes on after a restart");
    }

    void hand(String id, GateHand hand, String who, String reason) {
        log.println("Gate " + id + ": " + hand + " by " + who + ": " + reason);
    }

    /** @param latest when the last look is due, or {@code null} when it was taken */
    void looked(GateStatus status, Instant latest) {
        String next = status.nextLook() == null
                ? ""
                : "; next at " + TIME.format(status.nextLook()) + ", at the latest until " + TIME.format(latest);
        if (status.look() == 0) {
            log.println("Gate: " + status.summary() + next);
            return;
        }
        log.println("Look " + status.look() + " of " + status.looks() + ": "
                + (status.isEnded() ? status.decided() : status.soFar() + " so far") + next);
        for (MetricVerdict metric : status.metrics()) {
            log.println("  " + metric.name() + ": " + metric.verdict() + ", " + metric.reason());
        }
    }

    void ended(String id, GateStatus status) {
        log.println("Gate " + id + ": " + status.decided() + " at look " + status.look() + ". " + status.summary());
    }
}
