package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The judge of this project: evidence that holds at every look, alpha shared among the metrics that decide. */
final class SequentialGateJudge implements GateJudge {

    static final String WORD = "sequential";

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
        List<MetricVerdict> verdicts = states.stream().map(MetricState::judge).toList();
        return new Judgement(verdicts, GateDecision.of(analysis, states, verdicts, last));
    }

    @Override
    public List<String> warnings(Analysis analysis) {
        List<String> warnings = new ArrayList<>();
        if (analysis.alpha() > 0.2) {
            warnings.add("alpha " + analysis.alpha() + ": one healthy canary in "
                    + Math.max(1, Math.round(1 / analysis.alpha())) + " may be failed");
        }
        if (analysis.looks() < 6) {
            warnings.add("looks " + analysis.looks() + ": only a glaring difference can be proven in fewer than 6"
                    + " looks; most gates will end INCONCLUSIVE, which leads to "
                    + analysis.outcome(Verdict.INCONCLUSIVE).word());
        }
        if (analysis.metrics().stream().noneMatch(Metric::critical)) {
            warnings.add("no metric is critical: no metric can fail the gate; it passes when all metrics pass");
        }
        for (Metric metric : analysis.metrics()) {
            if (metric.critical() && metric.tolerance() == 0 && metric.negligible() == 0) {
                warnings.add("metric " + metric.name() + ": with tolerance 0 an equally good canary can never be"
                        + " proven to be good enough; the gate will hardly ever pass");
            }
        }
        return warnings;
    }
}
