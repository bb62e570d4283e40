package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.judge.Sentences;
import io.jenkins.plugins.rollback.engine.judge.classic.Measured;
import io.jenkins.plugins.rollback.engine.judge.classic.ThresholdRule;
import io.jenkins.plugins.rollback.engine.judge.classic.ThresholdTally;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fixed thresholds on the canary alone, with Argo Rollouts' limits for each metric and Flagger's for whole looks.
 *
 * @param settings of all metrics together
 * @param rules by the metrics' names
 */
record ThresholdGateJudge(Settings settings, Map<String, ThresholdRule> rules) implements GateJudge {

    static final String WORD = "threshold";

    /**
     * Limits for whole looks, in which one metric that is no success spoils the look.
     *
     * @param failedChecks so many bad looks fail the gate; 0 for no such limit
     * @param passedChecks so many good looks pass it; 0 for passing at the last look
     */
    record Settings(int failedChecks, int passedChecks) {}

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public boolean asksBaseline(Metric metric) {
        return false;
    }

    @Override
    public Judgement judge(Analysis analysis, List<MetricState> states, int look, boolean last) {
        List<MetricVerdict> verdicts = new ArrayList<>();
        List<Counted> deciding = new ArrayList<>();
        SortedMap<Long, Boolean> good = new TreeMap<>();
        for (MetricState state : states) {
            ThresholdRule rule = rules.get(state.metric.name());
            SortedMap<Long, Double> values = state.byLook();
            Counted counted = new Counted(state, rule, ThresholdTally.of(rule, values.values()));
            verdicts.add(counted.verdict());
            if (analysis.deciding().contains(state.metric)) {
                deciding.add(counted);
                values.forEach((slot, value) ->
                        good.merge(slot, rule.measure(value) == Measured.SUCCESS, Boolean::logicalAnd));
            }
        }
        return new Judgement(verdicts, decision(deciding, good.values(), last));
    }

    private GateDecision decision(List<Counted> deciding, Collection<Boolean> looks, boolean last) {
        long passed = looks.stream().filter(ok -> ok).count();
        long failed = looks.size() - passed;
        String why = passed + " good and " + failed + " bad looks; "
                + deciding.stream().map(Counted::described).collect(Collectors.joining("; "));
        // one metric beyond its limits ends the gate; which of several is said in the order of gravity
        for (Verdict bad : List.of(Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE)) {
            boolean enough = bad == Verdict.FAIL && settings.failedChecks() > 0 && failed >= settings.failedChecks();
            if (enough) {
                return GateDecision.ended(bad, settings.failedChecks() + " bad looks fail the gate: " + why);
            }
            for (Counted counted : deciding) {
                if (counted.tally().verdict() == bad) {
                    return GateDecision.ended(bad, counted.described());
                }
            }
        }
        if (settings.passedChecks() > 0) {
            boolean enough = passed >= settings.passedChecks();
            Verdict verdict = enough ? Verdict.PASS : Verdict.INCONCLUSIVE;
            return new GateDecision(verdict, enough || last ? verdict : null, why);
        }
        boolean nothing = deciding.stream().anyMatch(one -> one.tally().measurements() == 0);
        Verdict soFar = nothing ? Verdict.NO_DATA : last ? Verdict.PASS : Verdict.INCONCLUSIVE;
        return new GateDecision(soFar, last ? soFar : null, why);
    }

    /** One metric's measurements. */
    private record Counted(MetricState state, ThresholdRule rule, ThresholdTally tally) {

        String described() {
            return state.metric.name() + ": " + reason();
        }

        private String reason() {
            SortedMap<Long, Double> values = state.byLook();
            String shown = values.isEmpty() ? "none yet" : "last " + Sentences.number(values.get(values.lastKey()));
            return tally.successes() + " successes, " + tally.failures() + " failures (borne: "
                    + (rule.failureLimit() < 0 ? "any number" : rule.failureLimit()) + "), " + tally.inconclusive()
                    + " inconclusive, " + tally.errors() + " without a number; " + shown + ", "
                    + (rule.success() != null ? "success is " + rule.success() : "failure is " + rule.failure())
                    + (state.trouble() == null ? "" : "; now: " + state.trouble());
        }

        MetricVerdict verdict() {
            Verdict sofar =
                    tally.measurements() > 0 ? Verdict.PASS : state.failed() > 0 ? Verdict.ERROR : Verdict.NO_DATA;
            return new MetricVerdict(
                    state.metric.name(),
                    tally.verdict() == null ? sofar : tally.verdict(),
                    Double.NaN,
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Double.NaN,
                    reason());
        }
    }

    @Override
    public List<String> warnings(Analysis analysis) {
        List<String> warnings = new ArrayList<>();
        warnings.add("judge threshold: nothing bounds how often a healthy canary is failed; the canary is compared with"
                + " fixed numbers, not with a baseline");
        if (settings.passedChecks() > analysis.looks()) {
            warnings.add("passedChecks " + settings.passedChecks() + ": there are only " + analysis.looks()
                    + " looks, so the gate can never pass");
        }
        return warnings;
    }
}
