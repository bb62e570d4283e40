package io.jenkins.plugins.rollback.engine.gate.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.Metric;
import io.jenkins.plugins.rollback.engine.gate.convert.Converted.Lost;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

/**
 * Public examples of the three projects, all under the Apache License 2.0: {@code kayenta-*.json} of spinnaker/kayenta
 * ({@code kayenta-integration-tests} and {@code scratch}), {@code argo-success-rate.yaml} and {@code argo-job.yaml} of
 * argoproj/argo-rollouts ({@code docs/features/analysis.md} and {@code examples}), {@code flagger-*.yaml} of fluxcd/flagger
 * ({@code artifacts/examples} and {@code docs/gitbook/usage/metrics.md}).
 */
public class ConversionTest {

    private static String text(String name) throws IOException {
        try (InputStream in = ConversionTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Converted converted(String name) throws Exception {
        return Conversion.of(text(name), "prom");
    }

    private static Analysis parsed(Converted converted) throws Exception {
        return Analysis.parse(converted.yaml(), "converted.yaml");
    }

    private static List<String> paths(Converted converted) {
        return converted.lost().stream().map(Lost::path).toList();
    }

    @Test
    public void kayentasConfigurationKeepsItsJudgeGroupsAndThresholds() throws Exception {
        Converted converted = converted("kayenta-integration-test-cpu.json");
        assertThat(converted.format()).isEqualTo("Kayenta");
        Analysis analysis = parsed(converted);
        assertThat(analysis.judgedBy()).isEqualTo("kayenta");
        Metric cpu = analysis.metrics().get(0);
        assertThat(cpu.name()).isEqualTo("CPU-usage-for-service");
        assertThat(cpu.critical()).isTrue();
        assertThat(cpu.value().source()).isEqualTo("prom");
        assertThat(cpu.value().on("canary"))
                .isEqualTo("avg(integration_test_cpu{namespace='${namespace}', scope='canary'})");
        assertThat(converted.yaml()).contains("marginal: 50", "pass: 75", "pod-group: 100", "onNoData: fail");
        assertThat(converted.yaml()).contains("worse: increase");
        assertThat(analysis.outcome(Verdict.NO_DATA).word()).isEqualTo("fail");
        assertThat(paths(converted))
                .containsExactly("lifetime", "metrics[0].query.customFilterTemplate", "metrics[0].name", "${scope}");
        assertThat(converted.lost().get(1).why()).contains("namespace");
    }

    @Test
    public void aKayentaMetricWithoutATemplateGetsATrack() throws Exception {
        Converted converted = converted("kayenta-prometheus.json");
        assertThat(parsed(converted).metrics().get(0).value().query())
                .isEqualTo("avg(node_cpu{mode=~\"user|system\",job=\"node\",track=\"$track\"})");
        assertThat(converted.yaml()).contains("worse: either");
        assertThat(paths(converted))
                .contains(
                        "judge.name",
                        "metrics[0].query.resourceType",
                        "metrics[0].query.aggregationPeriod",
                        "metrics[0].query.sumByFields");
    }

    @Test
    public void everythingThatKayentaSaysOfAMetricIsCarriedOver() throws Exception {
        String full =
                """
                {"judge": {"name": "NetflixACAJudge-v1.0"}, "classifier": {"groupWeights": {"a": 60, "gone": 40}},
                 "metrics": [{"name": "latency", "groups": ["a"], "scopeName": "default",
                   "query": {"type": "prometheus", "customInlineTemplate": "PromQL:max(l{pod=~\\"${scope}-.*\\"})"},
                   "analysisConfigurations": {"canary": {"direction": "decrease", "nanStrategy": "replace",
                     "critical": true, "muted": false, "mustHaveData": true,
                     "outliers": {"strategy": "remove", "outlierFactor": 2.5},
                     "effectSize": {"measure": "cles", "allowedIncrease": 0.6, "allowedDecrease": 0.4,
                       "criticalIncrease": 0.9, "criticalDecrease": 0.1}, "surprise": 1}}}]}
                """;
        Converted converted = Conversion.of(full, "metrics");
        Analysis analysis = parsed(converted);
        assertThat(analysis.metrics().get(0).value().query()).isEqualTo("max(l{pod=~\"$track-.*\"})");
        assertThat(analysis.sources()).containsExactly("metrics");
        assertThat(converted.yaml())
                .contains(
                        "worse: decrease",
                        "critical: true",
                        "nanStrategy: replace",
                        "mustHaveData: true",
                        "outliers: remove",
                        "outlierFactor: 2.5",
                        "measure: cles",
                        "allowedIncrease: 0.6",
                        "allowedDecrease: 0.4",
                        "criticalIncrease: 0.9",
                        "criticalDecrease: 0.1");
        assertThat(paths(converted))
                .contains(
                        "classifier.groupWeights.gone",
                        "classifier.scoreThresholds",
                        "metrics[0].analysisConfigurations.canary.surprise");
    }

    @Test
    public void metricsOfOtherServersAreNamedAndLeftOut() {
        assertThatThrownBy(() -> converted("kayenta-atlas.json"))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining("no metric of it can be carried over")
                .hasMessageContaining("queries for atlas are not translated");
    }

    @Test
    public void argosTemplateBecomesThresholds() throws Exception {
        Converted converted = converted("argo-success-rate.yaml");
        assertThat(converted.format()).isEqualTo("Argo Rollouts");
        Analysis analysis = parsed(converted);
        assertThat(analysis.judgedBy()).isEqualTo("threshold");
        assertThat(analysis.interval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(analysis.looks()).isEqualTo(30);
        assertThat(analysis.metrics().get(0).value().query())
                .isEqualTo("sum(irate( istio_requests_total{reporter=\"source\",destination_service=~\"$track\","
                        + "response_code!~\"5.*\"}[5m] )) / sum(irate("
                        + " istio_requests_total{reporter=\"source\",destination_service=~\"$track\"}[5m] ))");
        assertThat(converted.yaml()).contains("success:", "min: 0.95", "failureLimit: 3");
        assertThat(paths(converted))
                .containsExactly("spec.metrics[0].provider.prometheus.address", "spec.metrics[].count", "spec.args");
    }

    @Test
    public void argosConditionsBecomeLimitsOrAreListed() throws Exception {
        Converted converted = converted("argo-written.yaml");
        Analysis analysis = parsed(converted);
        assertThat(analysis.metrics()).extracting(Metric::name).containsExactly("error-rate", "memory");
        assertThat(analysis.metrics()).extracting(Metric::critical).containsExactly(true, false);
        assertThat(analysis.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(analysis.looks()).isEqualTo(5);
        assertThat(analysis.metrics().get(0).value().query())
                .isEqualTo("errors{ns=\"shop\",hash=\"$track\",zone=\"{{args.zone}}\"}");
        assertThat(converted.yaml().replaceAll("\\s+", " "))
                .contains("success: below: 0.05 min: 0 failureLimit: 1")
                .contains("success: below: 0.8 failure: above: 0.9 inconclusiveLimit: 2 measurements: 3");
        assertThat(paths(converted))
                .containsExactly(
                        "spec.args[0].valueFrom",
                        "spec.metrics[0].provider.prometheus.query",
                        "spec.metrics[0].name",
                        "spec.metrics[0].initialDelay",
                        "spec.metrics[2]",
                        "spec.metrics[3]",
                        "spec.metrics[].interval",
                        "spec.args");
        assertThat(converted.lost().get(4).why()).contains("more than comparisons");
        assertThat(converted.lost().get(5).why()).contains("provider job has no query");
    }

    @Test
    public void conditionsAreReadOrRefused() {
        assertThat(Conditions.read("result[0] > 1 && result[0] <= 3")
                        .orElseThrow()
                        .limits())
                .containsEntry("above", 1L)
                .containsEntry("max", 3L);
        assertThat(Conditions.read("(0.5 <= asFloat(result))").orElseThrow().limits())
                .containsEntry("min", 0.5);
        assertThat(Conditions.read("result == 0").orElseThrow().limits())
                .containsEntry("min", 0L)
                .containsEntry("max", 0L);
        Conditions.Limits or = Conditions.read("result < 1 || result > 3").orElseThrow();
        assertThat(or.opposite()).isTrue();
        assertThat(or.limits()).containsEntry("min", 1L).containsEntry("max", 3L);
        for (String refused : List.of(
                "isNaN(result) || result < 1",
                "all(result, # < 0.95)",
                "result[0] > 1 && result[0] > 2",
                "result > 1 && result < 2 || result > 5",
                "result[0] != 3",
                "result[1] > 3",
                "")) {
            assertThat(Conditions.read(refused)).as(refused).isEmpty();
        }
    }

    @Test
    public void flaggersCanaryCountsChecks() throws Exception {
        Converted converted = converted("flagger-istio.yaml");
        assertThat(converted.format()).isEqualTo("Flagger");
        Analysis analysis = parsed(converted);
        assertThat(analysis.interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(analysis.looks())
                .as("ten steps of 5 to 50, and nine bad ones")
                .isEqualTo(19);
        assertThat(converted.yaml()).contains("failedChecks: 10", "passedChecks: 10", "min: 99", "max: 500");
        assertThat(analysis.metrics())
                .extracting(Metric::name)
                .containsExactly("request-success-rate", "request-duration");
        assertThat(analysis.metrics().get(0).value().query())
                .contains("destination_workload_namespace=\"test\"", "destination_workload=~\"$track\"", "[1m]")
                .doesNotContain("{{");
        assertThat(analysis.metrics().get(1).value().query()).contains("[30s]");
        assertThat(paths(converted))
                .contains("spec.analysis.webhooks", "spec.analysis.maxWeight", "spec.targetRef", "{{ target }}");
    }

    @Test
    public void flaggersTemplatesAreFilledIn() throws Exception {
        Converted converted = converted("flagger-template.yaml");
        Analysis analysis = parsed(converted);
        assertThat(analysis.looks()).isEqualTo(11);
        assertThat(analysis.metrics()).hasSize(1);
        assertThat(analysis.metrics().get(0).value().query())
                .contains("namespace=\"test\"", "deployment=~\"$track\"", "direction=\"inbound\"", "[1m]");
        assertThat(converted.lost())
                .anyMatch(lost -> lost.path().equals("spec.analysis.metrics[1]")
                        && lost.why().contains("MetricTemplate 'other' is not in the file"));
    }

    @Test
    public void whatIsNoCanaryAnalysisIsRefused() throws Exception {
        assertThatThrownBy(() -> Conversion.of("kind: Deployment", "prom"))
                .hasMessageContaining("neither a canary configuration of Kayenta");
        assertThatThrownBy(() -> Conversion.of("{", "prom")).hasMessageContaining("neither JSON nor YAML");
        assertThatThrownBy(() -> Conversion.of("a: !!java.net.URL [x]", "prom"))
                .isInstanceOf(ConversionException.class);
        assertThatThrownBy(() -> converted("argo-job.yaml")).hasMessageContaining("provider job has no query");
        assertThatThrownBy(() -> Conversion.of(
                        text("argo-success-rate.yaml").replace(">= 0.95", "> 1 && result[0] < 1"), "prom"))
                .hasMessageContaining("no number is above 1 and below 1");
    }
}
