package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * How a gate stands after a look.
 *
 * @param look how many looks were taken, from 1 (0 before the first)
 * @param looks how many there can be
 * @param decided the verdict when the gate has ended, else {@code null}
 * @param soFar what it would be if it ended now
 * @param summary one sentence for a person: why
 * @param metrics each metric's verdict with effect, interval and evidence
 * @param nextLook when to look again, or {@code null} when it has ended
 */
public record GateStatus(
        int look,
        int looks,
        Verdict decided,
        Verdict soFar,
        String summary,
        List<MetricVerdict> metrics,
        Instant nextLook) {

    public boolean isEnded() {
        return decided != null;
    }
}
