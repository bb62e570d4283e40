package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.judge.Sentences;
import io.jenkins.plugins.rollback.engine.judge.classic.Classification;
import io.jenkins.plugins.rollback.engine.judge.classic.Classification.Shift;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaClassifier;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaScore;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaScore.Scored;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Kayenta's judge at the end of a gate, and where wanted every so many looks before: all samples so far are
 * classified and scored. A score below the marginal one ends the gate at once; passing has to wait for the last look.
 *
 * @param settings of all metrics together
 * @param rules by the metrics' names
 */
record KayentaGateJudge(Settings settings, Map<String, MetricSettings> rules) implements GateJudge {

    static final String WORD = "kayenta";

    /** A Mann-Whitney test of fewer values a side can hardly tell anything. */
    private static final int FEW = 10;

    /**
     * Scores, from 0 to 100.
     *
     * @param pass from this score on it passes
     * @param marginal below it fails
     * @param every how many looks lie between two judgements, 0 for one at the last look alone
     * @param groupWeights in percent
     */
    record Settings(double pass, double marginal, int every, Map<String, Double> groupWeights) {}

    /**
     * @param groups it counts in
     * @param muted whether it is classified and shown and has no part in the score
     */
    record MetricSettings(KayentaRule rule, List<String> groups, boolean muted) {}

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public boolean asksBaseline(Metric metric) {
        return true;
    }

    @Override
    public Judgement judge(Analysis analysis, List<MetricState> states, int look, boolean last) {
        List<MetricVerdict> verdicts = new ArrayList<>();
        List<Scored> scored = new ArrayList<>();
        for (MetricState state : states) {
            String name = state.metric.name();
            MetricSettings metric = rules.get(name);
            double[] canary = state.values(true);
            double[] baseline = state.values(false);
            Classification found = new KayentaClassifier(metric.rule()).classify(canary, baseline);
            verdicts.add(verdict(name, metric.muted(), found, canary, baseline));
            if (!metric.muted()) {
                scored.add(new Scored(name, metric.groups(), found));
            }
        }
        KayentaScore score = KayentaScore.of(scored, settings.groupWeights());
        return new Judgement(verdicts, decision(analysis, states, score, verdicts, look, last));
    }

    private GateDecision decision(
            Analysis analysis,
            List<MetricState> states,
            KayentaScore score,
            List<MetricVerdict> verdicts,
            int look,
            boolean last) {
        GateDecision failing = GateDecision.failing(analysis, states);
        if (failing != null) {
            return failing;
        }
        Verdict verdict = score.verdict(settings.pass(), settings.marginal());
        if (verdict == Verdict.NO_DATA && states.stream().anyMatch(state -> state.failed() > 0)) {
            verdict = Verdict.ERROR;
        }
        StringBuilder why = new StringBuilder("score " + Sentences.number(score.score()) + " of 100 (passes from "
                + Sentences.number(settings.pass()) + ", fails below " + Sentences.number(settings.marginal()) + ")");
        if (score.veto() != null) {
            why.append("; ").append(score.veto());
        }
        verdicts.stream()
                .filter(one -> one.verdict() != Verdict.PASS)
                .forEach(one -> why.append("; ").append(one.name()).append(": ").append(one.reason()));
        boolean due = last || settings.every() > 0 && look > 0 && look % settings.every() == 0;
        boolean ends = last || due && verdict == Verdict.FAIL;
        return new GateDecision(verdict, ends ? verdict : null, why.toString());
    }

    private static MetricVerdict verdict(
            String name, boolean muted, Classification found, double[] canary, double[] baseline) {
        Verdict verdict =
                switch (found.label()) {
                    case PASS -> Verdict.PASS;
                    case HIGH, LOW, NODATA_FAIL_METRIC -> Verdict.FAIL;
                    case NODATA -> Verdict.NO_DATA;
                };
        double mean = Math.abs(mean(baseline));
        Shift shift = found.shift();
        boolean known = shift != null && mean > 0;
        String reason = found.reason() + " (mean " + Sentences.number(mean(canary)) + " on the canary, "
                + Sentences.number(mean(baseline)) + " on the baseline)" + (muted ? ", muted" : "");
        return new MetricVerdict(
                name,
                verdict,
                shift == null && found.label() != Classification.Label.PASS ? Double.NaN : found.ratio() - 1,
                known ? shift.low() / mean : Double.NEGATIVE_INFINITY,
                known ? shift.high() / mean : Double.POSITIVE_INFINITY,
                Double.NaN,
                reason);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public List<String> warnings(Analysis analysis) {
        List<String> warnings = new ArrayList<>();
        warnings.add("judge kayenta: nothing bounds how often a healthy canary is failed; alpha is promised by the"
                + " judge sequential alone");
        if (analysis.looks() < FEW) {
            warnings.add("looks " + analysis.looks() + ": a Mann-Whitney test of fewer than " + FEW
                    + " values a track hardly ever finds a difference; Kayenta's guide asks for 50");
        }
        return warnings;
    }
}
