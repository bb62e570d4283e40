package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Duration;
import org.junit.Test;

/** Limits of Argo Rollouts ({@code analysis/} and its documentation) and Flagger, by what they do to a gate. */
public class ThresholdGateTest {

    private static final String YAML =
            """
            analysis:
              judge: threshold
              interval: 1m
              looks: 8
              metrics:
                - name: success-rate
                  kind: gauge
                  value: {source: prom, query: 'rate of the canary'}
                  threshold: {success: {min: 0.95}}
            """;

    /** Flagger: five bad checks fail, ten good ones pass. */
    private static final String CHECKS =
            YAML.replace("looks: 8", "looks: 14\n  threshold: {failedChecks: 5, passedChecks: 10}");

    /** The value at each look; NaN is no data, minus one an error of the server. */
    private static FakeMetrics.Answer values(double... values) {
        return (query, at) -> {
            int look = (int) (Duration.between(FakeMetrics.START, at).toMinutes());
            double value = look < 1 ? 1 : values[Math.min(look, values.length) - 1];
            if (value == -1) {
                throw new MetricException("metric server 'prom' answered HTTP 400", false, null);
            }
            return value;
        };
    }

    private static final double OK = 0.99;
    private static final double BAD = 0.5;
    private static final double NONE = Double.NaN;
    private static final double DOWN = -1;

    private static GateStatus run(String yaml, double... values) throws Exception {
        Gate live = GateRuns.live(yaml, values(values));
        assertThat(GateRuns.restarted(yaml, values(values)).status()).isEqualTo(live.status());
        return live.status();
    }

    private static void assertEnds(GateStatus status, Verdict verdict, int look) {
        assertThat(status.decided()).as(status.summary()).isEqualTo(verdict);
        assertThat(status.look()).as(status.summary()).isEqualTo(look);
    }

    @Test
    public void aCanaryWithinItsLimitsPassesAtTheLastLook() throws Exception {
        GateStatus status = run(YAML, OK);
        assertEnds(status, Verdict.PASS, 8);
        assertThat(status.summary()).contains("8 successes").contains("success is at least 0.95");
        assertThat(status.metrics().get(0).effect()).isNaN();
    }

    @Test
    public void oneFailureMoreThanIsBorneFails() throws Exception {
        assertEnds(run(YAML, OK, BAD), Verdict.FAIL, 2);
        String two = YAML.replace("{min: 0.95}", "{min: 0.95}, failureLimit: 2");
        assertEnds(run(two, BAD, OK, BAD, OK), Verdict.PASS, 8);
        assertEnds(run(two, BAD, OK, BAD, OK, BAD), Verdict.FAIL, 5);
    }

    @Test
    public void failureAloneMakesEverythingElseASuccess() throws Exception {
        String failure = YAML.replace("success: {min: 0.95}", "failure: {below: 0.95}");
        assertEnds(run(failure, 0.95), Verdict.PASS, 8);
        assertEnds(run(failure, 0.9499), Verdict.FAIL, 1);
    }

    @Test
    public void betweenSuccessAndFailureIsInconclusive() throws Exception {
        String both = YAML.replace("{min: 0.95}", "{min: 0.95}, failure: {max: 0.9}");
        assertEnds(run(both, OK, 0.92), Verdict.INCONCLUSIVE, 2);
        assertEnds(run(both, OK, 0.9), Verdict.FAIL, 2);
        assertEnds(run(both.replace("0.9}}", "0.9}, inconclusiveLimit: 1}"), 0.92, OK), Verdict.PASS, 8);
    }

    @Test
    public void errorsInARowAreBorneUpToTheirLimit() throws Exception {
        assertEnds(run(YAML, DOWN, DOWN, DOWN, DOWN, OK), Verdict.PASS, 8);
        assertEnds(run(YAML, OK, DOWN, NONE, NONE, DOWN, DOWN), Verdict.ERROR, 6);
        GateStatus once = run(YAML.replace("{min: 0.95}", "{min: 0.95}, consecutiveErrorLimit: 0"), OK, DOWN);
        assertEnds(once, Verdict.ERROR, 2);
        assertThat(once.summary()).contains("HTTP 400");
    }

    @Test
    public void aMetricThatNeverHadANumberHasNoData() throws Exception {
        assertEnds(run(YAML.replace("looks: 8", "looks: 3"), NONE), Verdict.NO_DATA, 3);
    }

    @Test
    public void onlySoManyMeasurementsCount() throws Exception {
        assertEnds(run(YAML.replace("{min: 0.95}", "{min: 0.95}, measurements: 2"), OK, OK, BAD), Verdict.PASS, 8);
    }

    @Test
    public void whatIsNotCriticalIsShownAndDecidesNothing() throws Exception {
        String dry = YAML
                + """
                    - name: dry-run
                      kind: gauge
                      value: {source: prom, query: 'x'}
                      critical: false
                      threshold: {success: {above: 2}}
                """
                        .indent(0);
        GateStatus status = run(dry, OK);
        assertEnds(status, Verdict.PASS, 8);
        assertThat(status.metrics().get(1).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    public void badLooksAreCountedForTheWholeGate() throws Exception {
        assertEnds(run(CHECKS, OK), Verdict.PASS, 10);
        assertEnds(run(CHECKS, BAD, OK, BAD, OK, NONE, OK, DOWN, OK), Verdict.PASS, 14);
        GateStatus failed = run(CHECKS, BAD, OK, BAD, OK, NONE, OK, DOWN, OK, OK, BAD);
        assertEnds(failed, Verdict.FAIL, 10);
        assertThat(failed.summary()).contains("5 bad looks fail the gate");
    }

    @Test
    public void onlyTheCanaryIsAsked() throws Exception {
        FakeMetrics metrics = new FakeMetrics((query, at) -> OK);
        Gate gate = Gate.start(
                Analysis.parse(YAML.replace("of the canary", "$track"), "a.yaml"), metrics, metrics, pause -> {});
        while (!gate.status().isEnded()) {
            metrics.now = gate.status().nextLook();
            gate.look();
        }
        assertThat(metrics.asked).isNotEmpty().allMatch(question -> question.startsWith("rate canary@"));
    }

    @Test
    public void itOffersNoBaselineToLaterVerifications() throws Exception {
        Gate failed = GateRuns.live(YAML, values(BAD));
        assertThat(failed.baseline().isEmpty()).isTrue();
        assertThat(failed.canary().isEmpty()).isFalse();
    }

    @Test
    public void aReplayComesToTheSame() throws Exception {
        for (double[] values : new double[][] {{OK}, {OK, BAD}, {OK, NONE, NONE, OK}, {BAD}}) {
            for (String yaml : new String[] {YAML, CHECKS}) {
                Gate live = GateRuns.live(yaml, values(values));
                GateStatus replayed = GateRuns.replayed(yaml, live);
                assertThat(replayed.decided()).isEqualTo(live.status().decided());
                assertThat(replayed.look()).isEqualTo(live.status().look());
            }
        }
    }

    @Test
    public void everyProblemIsListedWithItsPlace() {
        String yaml =
                YAML.replace("{success: {min: 0.95}}", "{success: {min: 2, below: 2}, failure: {}, failureLimit: x}")
                        + "    - {name: bare, kind: gauge, value: {source: prom, query: q}}\n";
        assertThat(catchThrowableOfType(AnalysisException.class, () -> Analysis.parse(yaml, "a.yaml"))
                        .problems())
                .containsExactly(
                        "line 9, column 28: success: no number is at least 2 and below 2",
                        "line 9, column 57: failure needs at least one of min, max, above, below",
                        "line 9, column 75: failureLimit must be a whole number from 0 to 100000, not 'x'",
                        "line 10, column 7: a metric has no 'threshold'; the judge threshold needs its success, failure or"
                                + " both");
    }

    @Test
    public void aGateThatCannotPassIsWarnedOf() throws Exception {
        assertThat(Analysis.parse(CHECKS.replace("looks: 14", "looks: 9"), "a.yaml")
                        .warnings())
                .anyMatch(warning -> warning.contains("can never pass"));
    }
}
