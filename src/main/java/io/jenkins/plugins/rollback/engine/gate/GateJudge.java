package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import java.util.List;

/**
 * How a gate's samples become a verdict. Besides what {@link MetricState} keeps it has no memory: the same samples give
 * the same verdict, live, replayed, and after a restart.
 */
interface GateJudge {

    /** As it is written in analysis files. */
    String word();

    /** Whether a metric of the baseline track is needed; else only the judged track is asked. */
    boolean asksBaseline(Metric metric);

    /**
     * Judges.
     *
     * @param states of all metrics, in the analysis' order
     * @param look how many looks were taken
     * @param last whether no further look is allowed
     */
    Judgement judge(Analysis analysis, List<MetricState> states, int look, boolean last);

    /** What is allowed but probably not meant, one sentence each, saying what will happen. */
    List<String> warnings(Analysis analysis);

    /**
     * What came out.
     *
     * @param metrics each metric's verdict, in the analysis' order
     * @param decision of the gate
     */
    record Judgement(List<MetricVerdict> metrics, GateDecision decision) {}
}
