package io.jenkins.plugins.rollback.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.judge.Worse;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

public class AnalysisTest {

    /** The example of the design, word for word but for the latency's query. */
    static final String EXAMPLE =
            """
            analysis:
              interval: 1m
              looks: 30                  # at the most; a clear verdict ends it sooner
              alpha: 0.01
              metrics:
                - name: errors
                  kind: ratio            # ratio | count | gauge
                  bad:   {source: prom, query: 'sum(increase(http_requests_total{track="$track",code=~"5.."}[1m]))'}
                  total: {source: prom, query: 'sum(increase(http_requests_total{track="$track"}[1m]))'}
                  worse: increase        # increase | decrease | either
                  tolerance: 0.10        # a relative change up to this is not worth a rollback
                  critical: true
                - name: latency
                  kind: gauge
                  value: {source: prom, query: 'histogram_quantile(0.99, x_bucket{track="$track"})'}
                  worse: increase
                  tolerance: 0.20
            """;

    @Test
    public void readsTheExampleAndFillsInDefaults() throws Exception {
        Analysis analysis = Analysis.parse(EXAMPLE, "rollback/canary.yaml");
        assertThat(analysis.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(analysis.looks()).isEqualTo(30);
        assertThat(analysis.alpha()).isEqualTo(0.01);
        assertThat(analysis.beta()).isEqualTo(0.05);
        assertThat(analysis.history()).isZero();
        assertThat(analysis.errorLooks()).isEqualTo(4);
        assertThat(analysis.noDataLooks()).isEqualTo(5);
        assertThat(analysis.sources()).containsExactly("prom");
        assertThat(analysis.warnings()).isEmpty();
        assertThat(analysis.hash()).matches("[0-9a-f]{64}");

        Metric errors = analysis.metrics().get(0);
        assertThat(errors.kind()).isEqualTo(MetricKind.RATIO);
        assertThat(errors.worse()).isEqualTo(Worse.INCREASE);
        assertThat(errors.tolerance()).isEqualTo(0.10);
        assertThat(errors.bad().on("canary")).contains("track=\"canary\"").doesNotContain("$track");
        Metric latency = analysis.metrics().get(1);
        assertThat(latency.kind()).isEqualTo(MetricKind.GAUGE);
        assertThat(latency.critical())
                .as("a metric that is listed counts unless it says otherwise")
                .isTrue();
        assertThat(analysis.rule(latency).alpha()).as("shared").isEqualTo(0.005);
    }

    @Test
    public void endsThatAreNoPassStopTheDeploymentUnlessSaidOtherwise() throws Exception {
        Analysis byDefault = Analysis.parse(EXAMPLE, "a.yaml");
        assertThat(byDefault.outcome(Verdict.PASS)).isEqualTo(Outcome.PROMOTE);
        assertThat(byDefault.outcome(Verdict.FAIL)).isEqualTo(Outcome.FAIL);
        for (Verdict verdict : List.of(Verdict.INCONCLUSIVE, Verdict.NO_DATA, Verdict.ERROR)) {
            assertThat(byDefault.outcome(verdict)).isEqualTo(Outcome.HOLD);
        }
        Analysis chosen = Analysis.parse(
                EXAMPLE.replace("alpha: 0.01", "onInconclusive: promote\n  onNoData: fail\n  onError: promote"),
                "a.yaml");
        assertThat(chosen.outcome(Verdict.INCONCLUSIVE)).isEqualTo(Outcome.PROMOTE);
        assertThat(chosen.outcome(Verdict.NO_DATA)).isEqualTo(Outcome.FAIL);
        assertThat(chosen.outcome(Verdict.ERROR)).isEqualTo(Outcome.PROMOTE);
    }

    @Test
    public void everyProblemIsListedAtOnceWithItsPlace() {
        List<String> problems = problems(
                """
                analysis:
                  intervall: 1m
                  looks: 0
                  alpha: 1.5
                  beta: none
                  history: 24 hours
                  onNoData: shrug
                  metrics:
                    - name: errors
                      kind: ratio
                      bad: {source: prom, query: 'x{track="$track"}'}
                      tolerance: -0.1
                    - name: errors
                      kind: gauge
                      value: {source: prom, query: 'x'}
                      bad: {source: prom, query: 'x{track="$track"}'}
                      weight: 0
                    - kind: speed
                      worse: up
                """);
        assertThat(problems)
                .containsExactly(
                        "line 2, column 3: unknown key 'intervall' in analysis; known are judge, interval, looks,"
                                + " alpha, beta, history, baseline, onInconclusive, onNoData, onError, noDataLooks, errorLooks,"
                                + " metrics, kayenta, threshold, slo",
                        "line 3, column 10: looks must be a whole number from 1 to 100000, not '0'",
                        "line 4, column 10: alpha must be a number from 0 to 1, not '1.5'",
                        "line 5, column 9: beta must be a number from 0 to 1, not 'none'",
                        "line 6, column 12: history must be a duration such as 30s, 1m or 24h, not '24 hours'",
                        "line 7, column 13: onNoData must be one of promote, hold, fail, not 'shrug'",
                        "line 9, column 7: metric 'errors': the query 'total' is missing; the kind ratio needs it",
                        "line 12, column 18: tolerance must be a number from 0 to 1000, not '-0.1'",
                        "line 13, column 13: two metrics are called 'errors'",
                        "line 16, column 12: metric 'errors': 'bad' does not belong to the kind gauge",
                        "line 15, column 36: metric 'errors', value: the query has no $track, so both tracks would get the"
                                + " same numbers",
                        "line 17, column 15: weight must be a number from 0.000001 to 1000000, not '0'",
                        "line 18, column 7: a metric has no 'name'",
                        "line 18, column 13: kind must be one of ratio, count, gauge, not 'speed'",
                        "line 19, column 14: worse must be one of increase, decrease, either, not 'up'");
    }

    @Test
    public void whatIsNoAnalysisIsSaidInOneSentence() {
        assertThat(problems("")).containsExactly("line 1, column 1: the file is empty");
        assertThat(problems("metrics: []").get(0)).contains("line 1, column 1: unknown key 'metrics' in the file");
        assertThat(problems("analysis: {metrics: []}").get(0)).contains("at least one metric");
        assertThat(problems("analysis: {}")).containsExactly("line 1, column 11: 'metrics' is missing");
        assertThat(problems("- a")).containsExactly("line 1, column 1: the file must be a mapping of analysis");
        assertThat(problems("analysis: [").get(0)).startsWith("line 1, column 12: no YAML:");
        assertThat(problems("analysis: {looks: 3, looks: 4, metrics: [{}]}").get(0))
                .contains("'looks' is given twice");
        assertThat(problems("a\u0000b").get(0)).contains("no YAML");
    }

    @Test
    public void aliasesTagsDepthAndSizeAreRefused() {
        String bomb =
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";
        assertThat(problems(bomb).get(0))
                .isEqualTo("line 2, column 8: aliases are not allowed here; write the value out");
        assertThat(problems("analysis: {interval: !!java.net.URL 'http://x', metrics: [{}]}")
                        .toString())
                .contains("line 1, column 22: no YAML: Global tag is not allowed");
        assertThat(problems("analysis: {interval: !x 1m, metrics: [{}]}").toString())
                .contains("interval has a tag; tags are not allowed here");
        assertThat(problems("analysis: " + "[".repeat(100) + "]".repeat(100)).get(0))
                .contains("no YAML");
        assertThat(problems("# " + "x".repeat(300_000) + "\nanalysis: {}").get(0))
                .contains("no YAML");
    }

    @Test
    public void whatIsAllowedButProbablyNotMeantIsWarnedOf() throws Exception {
        Analysis analysis = Analysis.parse(
                EXAMPLE.replace("alpha: 0.01", "alpha: 0.25")
                        .replace("looks: 30", "looks: 3")
                        .replace("tolerance: 0.20", "tolerance: 0"),
                "a.yaml");
        assertThat(analysis.warnings()).hasSize(3);
        assertThat(analysis.warnings().get(0)).contains("one healthy canary in 4");
        assertThat(analysis.warnings().get(1)).contains("end INCONCLUSIVE, which leads to hold");
        assertThat(analysis.warnings().get(2)).contains("metric latency: with tolerance 0");
        Analysis none = Analysis.parse(
                EXAMPLE.replace("critical: true", "critical: false").replace("tolerance: 0.20", "critical: false"),
                "a.yaml");
        assertThat(none.warnings()).anyMatch(warning -> warning.contains("no metric is critical"));
    }

    private static List<String> problems(String yaml) {
        return catchThrowableOfType(AnalysisException.class, () -> Analysis.parse(yaml, "a.yaml"))
                .problems();
    }
}
