package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.rollback.engine.judge.MetricVerdict;
import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Instant;
import java.util.Random;
import org.junit.Test;

public class KayentaGateTest {

    private static final String YAML =
            """
            analysis:
              judge: kayenta
              interval: 1m
              looks: 20
              kayenta: {pass: 95, marginal: 60, groupWeights: {errors: 40}}
              metrics:
                - name: errors
                  kind: ratio
                  bad:   {source: prom, query: 'bad $track'}
                  total: {source: prom, query: 'total $track'}
                  kayenta: {groups: [errors], nanStrategy: replace}
                - name: latency
                  kind: gauge
                  value: {source: prom, query: 'latency $track'}
                  worse: either
                  kayenta: {groups: [speed], outliers: remove, allowedIncrease: 1.2, allowedDecrease: 0.8}
            """;

    /** Every metric of the canary is so many times the baseline's, each with its noise. */
    private static FakeMetrics.Answer times(double errors, double latency) {
        return (query, at) -> {
            if (query.startsWith("total")) {
                return 1000;
            }
            boolean canary = query.endsWith("canary");
            double factor = !canary ? 1 : query.startsWith("bad") ? errors : latency;
            return noise(query, at) * factor * (query.startsWith("bad") ? 20 : 300);
        };
    }

    private static double noise(String query, Instant at) {
        Random random = new Random(at.getEpochSecond() * 31 + query.hashCode());
        random.nextGaussian();
        return Math.exp(0.1 * random.nextGaussian());
    }

    private static GateStatus run(String yaml, FakeMetrics.Answer answer) throws Exception {
        return GateRuns.live(yaml, answer).status();
    }

    @Test
    public void theScoreDecidesAtTheLastLook() throws Exception {
        GateStatus good = run(YAML, times(1, 1));
        assertThat(good.decided()).as(good.summary()).isEqualTo(Verdict.PASS);
        assertThat(good.look()).isEqualTo(20);
        assertThat(good.summary()).contains("score 100 of 100 (passes from 95, fails below 60)");

        GateStatus marginal = run(YAML, times(3, 1));
        assertThat(marginal.decided()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(marginal.summary()).contains("score 60 of 100").contains("errors: higher than the baseline");

        GateStatus slow = run(YAML, times(1, 2));
        assertThat(slow.decided()).isEqualTo(Verdict.FAIL);
        assertThat(slow.summary()).contains("score 40 of 100").contains("latency: higher");
        assertThat(slow.look()).isEqualTo(20);
    }

    @Test
    public void aMetricSaysWhatChangedAndHowSure() throws Exception {
        MetricVerdict slow = run(YAML, times(1, 2)).metrics().get(1);
        assertThat(slow.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(slow.effect()).isBetween(0.9, 1.1);
        assertThat(slow.low()).isBetween(0.7, slow.effect());
        assertThat(slow.high()).isBetween(slow.effect(), 1.3);
        assertThat(slow.evidence()).as("this judge knows none").isNaN();
        assertThat(GateReport.metrics(run(YAML, times(1, 2)))
                        .get(1)
                        .path("evidence")
                        .isNull())
                .isTrue();
    }

    @Test
    public void aDifferenceThatIsSmallEnoughDoesNotCount() throws Exception {
        assertThat(run(YAML, times(1, 1.15)).decided()).isEqualTo(Verdict.PASS);
        assertThat(run(YAML.replace("allowedIncrease: 1.2", "allowedIncrease: 1.02"), times(1, 1.15))
                        .metrics()
                        .get(1)
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    public void aCriticalMetricVetoesAndAMutedOneSaysNothing() throws Exception {
        String critical = YAML.replace("worse: either", "critical: true")
                .replace("errors: 40", "speed: 1")
                .replace("marginal: 60", "marginal: 0");
        GateStatus vetoed = run(critical, times(1, 2));
        assertThat(vetoed.decided()).isEqualTo(Verdict.FAIL);
        assertThat(vetoed.summary()).contains("the critical metric latency");
        assertThat(run(critical.replace("allowedIncrease: 1.2", "criticalIncrease: 5"), times(1, 2))
                        .decided())
                .as("a critical failure only from five times on")
                .isNotEqualTo(Verdict.FAIL);
        GateStatus muted = run(YAML.replace("groups: [speed],", "muted: true,"), times(1, 2));
        assertThat(muted.metrics().get(1).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(muted.summary()).contains("latency: higher");
        assertThat(muted.summary()).contains("score 40");
    }

    @Test
    public void aBadScoreEndsTheGateEarlyWhereThatIsWanted() throws Exception {
        String every = YAML.replace("marginal: 60,", "marginal: 60, every: 8,");
        GateStatus slow = run(every, times(3, 2));
        assertThat(slow.decided()).isEqualTo(Verdict.FAIL);
        assertThat(slow.look()).isEqualTo(8);
        assertThat(run(every, times(1, 1)).look()).as("passing takes all looks").isEqualTo(20);
    }

    @Test
    public void missingDataIsNoDataAndAFailingServerIsAnError() throws Exception {
        GateStatus none = run(YAML.replace(", nanStrategy: replace", ""), (query, at) -> Double.NaN);
        assertThat(none.decided()).isEqualTo(Verdict.NO_DATA);
        assertThat(none.summary()).contains("2 of 2 metrics have no data");
        GateStatus down = run(YAML, (query, at) -> {
            throw new MetricException("metric server 'prom' answered HTTP 503", true, null);
        });
        assertThat(down.decided()).isEqualTo(Verdict.ERROR);
        assertThat(down.look()).isEqualTo(4);
        assertThat(down.summary()).contains("HTTP 503");
    }

    @Test
    public void aMetricThatOneTrackLacksIsNoDataOrAFailedMetric() throws Exception {
        FakeMetrics.Answer half = (query, at) ->
                query.equals("latency canary") ? Double.NaN : times(1, 1).at(query, at);
        assertThat(run(YAML, half).metrics().get(1).verdict()).isEqualTo(Verdict.NO_DATA);
        GateStatus must = run(YAML.replace("outliers: remove", "mustHaveData: true"), half);
        assertThat(must.metrics().get(1).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(must.decided()).isEqualTo(Verdict.FAIL);
        assertThat(must.summary()).contains("latency: no data on the canary");
    }

    @Test
    public void killedAndReplayedGatesComeToTheSame() throws Exception {
        for (double[] factors : new double[][] {{1, 1}, {3, 1}, {1, 2}, {0.5, 0.5}}) {
            FakeMetrics.Answer gaps = (query, at) -> at.getEpochSecond() / 60 % 7 == 3 && query.startsWith("bad")
                    ? Double.NaN
                    : times(factors[0], factors[1]).at(query, at);
            Gate live = GateRuns.live(YAML, gaps);
            assertThat(GateRuns.restarted(YAML, gaps).status()).isEqualTo(live.status());
            assertThat(GateRuns.replayed(YAML, live)).isEqualTo(live.status());
        }
    }

    @Test
    public void everyProblemIsListedWithItsPlace() {
        String yaml = YAML.replace("interval: 1m", "alpha: 0.01")
                .replace("pass: 95, marginal: 60", "pass: 50, marginal: 60, speed: 1")
                .replace("errors: 40", "errors: 40, nobody: 10")
                .replace("outliers: remove", "outliers: drop")
                .replace("worse: either", "tolerance: 0.1");
        assertThat(catchThrowableOfType(AnalysisException.class, () -> Analysis.parse(yaml, "a.yaml"))
                        .problems())
                .containsExactly(
                        "line 3, column 10: 'alpha' means something to the judge sequential only, and the judge is"
                                + " kayenta",
                        "line 5, column 37: unknown key 'speed' in kayenta; known are pass, marginal, every,"
                                + " groupWeights",
                        "line 5, column 33: marginal must not be above pass, which is 50",
                        "line 15, column 18: 'tolerance' means something to the judge sequential only, and the judge"
                                + " is kayenta",
                        "line 16, column 44: outliers must be one of keep, remove, not 'drop'",
                        "line 2, column 3: groupWeights: no metric is in the group 'nobody'");
    }

    @Test
    public void keysOfAJudgeNeedTheJudge() {
        assertThat(catchThrowableOfType(
                                AnalysisException.class,
                                () -> Analysis.parse(YAML.replace("judge: kayenta", "judge: sequential"), "a.yaml"))
                        .problems())
                .contains(
                        "line 5, column 12: 'kayenta' belongs to the judge kayenta, and the judge is sequential",
                        "line 11, column 16: 'kayenta' belongs to the judge kayenta, and the judge is sequential");
        assertThat(catchThrowableOfType(
                                AnalysisException.class,
                                () -> Analysis.parse(YAML.replace("judge: kayenta", "judge: dredd"), "a.yaml"))
                        .problems())
                .contains("line 2, column 10: judge must be one of sequential, kayenta, threshold, slo, not 'dredd'");
    }

    @Test
    public void itSaysWhatItDoesNotPromise() throws Exception {
        assertThat(Analysis.parse(YAML, "a.yaml").warnings())
                .containsExactly("judge kayenta: nothing bounds how often a healthy canary is failed; alpha is promised"
                        + " by the judge sequential alone");
        assertThat(Analysis.parse(YAML.replace("looks: 20", "looks: 5"), "a.yaml")
                        .warnings())
                .anyMatch(warning -> warning.contains("fewer than 10 values"));
    }
}
