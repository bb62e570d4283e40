package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.rollback.engine.model.Verdict;
import org.junit.Test;

/** Keptn's scoring, as its SLO specification describes it. */
public class SloGateTest {

    private static final String YAML =
            """
            analysis:
              judge: slo
              interval: 1m
              looks: 4
              slo: {pass: 90, warning: 75}
              metrics:
                - name: latency
                  kind: gauge
                  value: {source: prom, query: 'latency $track'}
                  weight: 3
                  slo: {pass: ["<=+10%", "<600"], warning: ["<=800"]}
                - name: errors
                  kind: gauge
                  value: {source: prom, query: 'errors $track'}
                  slo: {pass: [["<=1"], ["<=+5"]], aggregate: p90}
            """;

    private static GateStatus run(String yaml, double latency, double errors) throws Exception {
        FakeMetrics.Answer answer = (query, at) -> {
            boolean canary = query.endsWith("canary");
            return query.startsWith("latency") ? canary ? latency : 500 : canary ? errors : 10;
        };
        Gate live = GateRuns.live(yaml, answer);
        assertThat(GateRuns.restarted(yaml, answer).status()).isEqualTo(live.status());
        GateStatus replayed = GateRuns.replayed(yaml, live);
        assertThat(replayed.decided()).isEqualTo(live.status().decided());
        assertThat(live.status().look()).isEqualTo(4);
        return live.status();
    }

    @Test
    public void weightEarnedDecides() throws Exception {
        assertThat(run(YAML, 540, 0).decided()).isEqualTo(Verdict.PASS);
        GateStatus errors = run(YAML, 540, 20);
        assertThat(errors.decided()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(errors.summary()).contains("score 75 of 100").contains("errors: p90 20, baseline 10: misses");
        GateStatus slow = run(YAML, 700, 0);
        assertThat(slow.decided()).as("half of 3 and 1 of 4").isEqualTo(Verdict.FAIL);
        assertThat(slow.summary()).contains("score 62.5 of 100").contains("meets only its warning level");
        assertThat(slow.metrics().get(0).effect()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    public void allCriteriaOfOneAlternativeMustHold() throws Exception {
        assertThat(run(YAML, 560, 0).metrics().get(0).verdict())
                .as("below 600, but 12 % more")
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(run(YAML, 540, 15).metrics().get(1).verdict())
                .as("above 1, but only 5 more")
                .isEqualTo(Verdict.PASS);
    }

    @Test
    public void aKeyObjectiveVetoes() throws Exception {
        String key = YAML.replace("slo: {pass: [[", "critical: true\n      slo: {pass: [[");
        GateStatus status = run(key.replace("pass: 90, warning: 75", "pass: 10, warning: 5"), 540, 20);
        assertThat(status.decided()).isEqualTo(Verdict.FAIL);
        assertThat(status.summary()).contains("a key objective failed");
    }

    @Test
    public void missingDataIsNoDataAndAMissingBaselineExcuses() throws Exception {
        assertThat(run(YAML, Double.NaN, 0).decided()).isEqualTo(Verdict.NO_DATA);
        FakeMetrics.Answer alone =
                (query, at) -> query.endsWith("canary") ? query.startsWith("latency") ? 599 : 0 : Double.NaN;
        assertThat(GateRuns.live(YAML, alone).status().decided()).isEqualTo(Verdict.PASS);
    }

    @Test
    public void theBaselineIsAskedOnlyWhereItIsComparedWith() throws Exception {
        String fixed = YAML.replace("\"<=+10%\", ", "").replace(", [\"<=+5\"]", "");
        FakeMetrics metrics = new FakeMetrics((query, at) -> 1);
        Gate gate = Gate.start(Analysis.parse(fixed, "a.yaml"), metrics, metrics, pause -> {});
        gate.look();
        metrics.now = gate.status().nextLook();
        gate.look();
        assertThat(metrics.asked).hasSize(4).allMatch(question -> question.contains("canary"));
    }

    @Test
    public void everyProblemIsListedWithItsPlace() {
        String yaml = YAML.replace("pass: 90, warning: 75", "pass: 50, warning: 75")
                .replace("\"<600\"", "\"600\"")
                .replace("errors $track", "errors")
                .replace("p90", "max");
        assertThat(catchThrowableOfType(AnalysisException.class, () -> Analysis.parse(yaml, "a.yaml"))
                        .problems())
                .containsExactly(
                        "line 5, column 28: warning must not be above pass, which is 50",
                        "line 11, column 30: pass: '600' is no criterion; they look like \"<600\", \"<=+10%\" or"
                                + " \">=-5\"",
                        "line 15, column 51: aggregate must be one of avg, p50, p90, p95, not 'max'",
                        "line 15, column 12: a criterion compares with the baseline, and the query has no $track");
    }
}
