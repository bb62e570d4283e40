package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.judge.Sentences;
import io.jenkins.plugins.rollback.engine.judge.classic.SloObjective;
import io.jenkins.plugins.rollback.engine.judge.classic.SloObjective.Level;
import io.jenkins.plugins.rollback.engine.judge.classic.SloScore;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Keptn's scored service level objectives: at the last look each metric becomes one number, earns its weight, half of it
 * or nothing, and the sum decides.
 *
 * @param pass from this score on it passes, in percent
 * @param warning from this score on it is inconclusive
 * @param objectives by the metrics' names
 */
record SloGateJudge(double pass, double warning, Map<String, SloObjective> objectives) implements GateJudge {

    static final String WORD = "slo";

    @Override
    public String word() {
        return WORD;
    }

    /** Only criteria against the baseline need one. */
    @Override
    public boolean asksBaseline(Metric metric) {
        return objectives.get(metric.name()).isRelative();
    }

    @Override
    public Judgement judge(Analysis analysis, List<MetricState> states, int look, boolean last) {
        List<MetricVerdict> verdicts = new ArrayList<>();
        List<SloScore.Met> met = new ArrayList<>();
        for (MetricState state : states) {
            SloObjective objective = objectives.get(state.metric.name());
            double value = objective.aggregate().of(state.values(true));
            double baseline = objective.aggregate().of(state.values(false));
            Level level = objective.level(value, baseline);
            met.add(new SloScore.Met(objective, level));
            verdicts.add(verdict(state, objective, level, value, baseline));
        }
        GateDecision failing = GateDecision.failing(analysis, states);
        return new Judgement(verdicts, failing != null ? failing : decision(states, SloScore.of(met), verdicts, last));
    }

    private GateDecision decision(
            List<MetricState> states, SloScore score, List<MetricVerdict> verdicts, boolean last) {
        Verdict verdict = score.verdict(pass, warning);
        if (verdict == Verdict.NO_DATA && states.stream().anyMatch(state -> state.failed() > 0)) {
            verdict = Verdict.ERROR;
        }
        StringBuilder why = new StringBuilder("score " + Sentences.number(score.score()) + " of 100 (passes from "
                + Sentences.number(pass) + ", fails below " + Sentences.number(warning) + ")");
        if (score.keyMissed()) {
            why.append("; a key objective failed");
        }
        verdicts.stream()
                .filter(one -> one.verdict() != Verdict.PASS)
                .forEach(one -> why.append("; ").append(one.name()).append(": ").append(one.reason()));
        return new GateDecision(verdict, last ? verdict : null, why.toString());
    }

    private static MetricVerdict verdict(
            MetricState state, SloObjective objective, Level level, double value, double baseline) {
        Verdict verdict =
                switch (level) {
                    case PASS, SHOWN -> Verdict.PASS;
                    case WARNING -> Verdict.INCONCLUSIVE;
                    case FAIL -> Verdict.FAIL;
                    case NO_DATA -> state.failed() > 0 ? Verdict.ERROR : Verdict.NO_DATA;
                };
        String said =
                switch (level) {
                    case PASS -> "meets its objective";
                    case WARNING -> "meets only its warning level";
                    case FAIL -> "misses its objective";
                    case NO_DATA -> "has no data" + (state.trouble() == null ? "" : ", " + state.trouble());
                    case SHOWN -> "has no objective";
                };
        String reason = objective.aggregate().name().toLowerCase(Locale.ROOT) + " "
                + Sentences.number(value) + (Double.isNaN(baseline) ? "" : ", baseline " + Sentences.number(baseline))
                + ": " + said;
        return new MetricVerdict(
                state.metric.name(),
                verdict,
                baseline == 0 ? Double.NaN : value / baseline - 1,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Double.NaN,
                reason);
    }

    @Override
    public List<String> warnings(Analysis analysis) {
        return List.of("judge slo: nothing bounds how often a healthy canary is failed; each metric is one number"
                + " against fixed limits, with no regard to its noise");
    }
}
