package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a gate makes of its metrics after a look: the order in which verdicts outrank each other.
 *
 * @param soFar what it would be if the gate ended now
 * @param decided the verdict when the gate has ended, else {@code null}
 * @param why one sentence
 */
record GateDecision(Verdict soFar, Verdict decided, String why) {

    /**
     * @param states of all metrics
     * @param verdicts of the same metrics, in the same order
     * @param last whether no further look is allowed
     */
    static GateDecision of(Analysis analysis, List<MetricState> states, List<MetricVerdict> verdicts, boolean last) {
        List<Metric> deciding = analysis.deciding();
        boolean failing = deciding.stream().anyMatch(Metric::critical);
        int passed = 0;
        boolean noPairs = false;
        MetricState failed = null;
        MetricState missed = null;
        for (int i = 0; i < states.size(); i++) {
            MetricState state = states.get(i);
            if (!deciding.contains(state.metric)) {
                continue;
            }
            Verdict verdict = verdicts.get(i).verdict();
            if (verdict == Verdict.FAIL && failing) {
                return ended(Verdict.FAIL, name(verdicts.get(i)));
            }
            passed += verdict == Verdict.PASS ? 1 : 0;
            failed = state.failed() >= analysis.errorLooks() ? state : failed;
            missed = state.missed() >= analysis.noDataLooks() ? state : missed;
            noPairs |= !state.hasPairs();
        }
        if (failed != null) {
            return failed(failed);
        }
        if (missed != null) {
            // NaN is an answer that is none; no series at all is no data
            return ended(
                    missed.isNan() ? Verdict.ERROR : Verdict.NO_DATA,
                    missed.metric.name() + ": " + missed.trouble() + ", at " + missed.missed() + " looks in a row");
        }
        if (passed == deciding.size()) {
            return ended(
                    Verdict.PASS,
                    "every " + (failing ? "critical " : "") + "metric is within its tolerance: "
                            + verdicts.stream()
                                    .filter(one -> one.verdict() == Verdict.PASS)
                                    .map(GateDecision::name)
                                    .collect(Collectors.joining("; ")));
        }
        Verdict soFar = noPairs ? noPairsVerdict(states, deciding) : Verdict.INCONCLUSIVE;
        String why = verdicts.stream()
                .filter(one -> one.verdict() != Verdict.PASS)
                .map(GateDecision::name)
                .collect(Collectors.joining("; "));
        return new GateDecision(soFar, last ? soFar : null, why);
    }

    /** The end because a metric server failed too often in a row, or {@code null}. */
    static GateDecision failing(Analysis analysis, List<MetricState> states) {
        return states.stream()
                .filter(state -> state.failed() >= analysis.errorLooks())
                .findFirst()
                .map(GateDecision::failed)
                .orElse(null);
    }

    private static GateDecision failed(MetricState state) {
        return ended(
                Verdict.ERROR,
                state.metric.name() + ": " + state.trouble() + ", at " + state.failed() + " looks in a row");
    }

    private static Verdict noPairsVerdict(List<MetricState> states, List<Metric> deciding) {
        boolean error = states.stream()
                .filter(state -> deciding.contains(state.metric) && !state.hasPairs())
                .anyMatch(state -> state.failed() > 0 || state.isNan());
        return error ? Verdict.ERROR : Verdict.NO_DATA;
    }

    static GateDecision ended(Verdict verdict, String why) {
        return new GateDecision(verdict, verdict, why);
    }

    private static String name(MetricVerdict verdict) {
        return verdict.name() + ": " + verdict.reason();
    }
}
