package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * What came out of a drill.
 *
 * @param options what was rehearsed
 * @param startedAt when it began
 * @param seconds how long it took
 * @param gate what the gate of version 2 said
 * @param rollback how going back ended
 * @param verification what the gate after going back said, {@code null} when nothing went back
 * @param ledger the record of it all
 * @param timeline what happened when
 * @param looks every look of every gate, for the chart
 * @param samples error share and latency over time, for the chart
 */
public record DrillReport(
        DrillOptions options,
        Instant startedAt,
        double seconds,
        GateResult gate,
        RollbackOutcome rollback,
        Verdict verification,
        LedgerResult ledger,
        List<TimelineItem> timeline,
        List<Look> looks,
        List<Sample> samples) {

    /** How going back ended; NONE when there was no reason to. */
    public enum RollbackOutcome {
        DONE,
        FAILED,
        NONE
    }

    /**
     * The verdict on version 2.
     *
     * @param reason one sentence
     * @param look at which look it was reached, from 1
     */
    public record GateResult(Verdict verdict, String reason, int look) {}

    /**
     * The ledger after the drill.
     *
     * @param ok whether every entry and the checkpoint verify, from the files alone
     * @param entries how many there are
     * @param checkpoint the signed note, as other tools read it
     */
    public record LedgerResult(boolean ok, long entries, String checkpoint) {}

    /**
     * A look of a gate.
     *
     * @param gate which: {@code version 1}, {@code version 2}, {@code going back}
     * @param seconds since the drill began
     * @param verdict so far
     * @param decided whether the gate ended with it
     */
    public record Look(
            String gate, double seconds, int look, Verdict verdict, boolean decided, List<MetricVerdict> metrics) {}

    /**
     * What a user of the service saw in the second before.
     *
     * @param track {@code baseline} or {@code canary}
     * @param seconds since the drill began
     * @param errors share of answers that were errors, NaN without requests
     * @param latency mean in milliseconds, NaN without requests
     */
    public record Sample(String track, double seconds, double errors, double latency) {}

    /** Whether everything came out as the scenario demands. */
    public boolean asExpected() {
        boolean wentBack = rollback == RollbackOutcome.DONE && verification == Verdict.PASS;
        boolean stayed = rollback == RollbackOutcome.NONE;
        return ledger.ok()
                && gate.verdict() == options.scenario().expected()
                && (options.scenario() == Scenario.BAD_CANARY ? wentBack : stayed);
    }
}
