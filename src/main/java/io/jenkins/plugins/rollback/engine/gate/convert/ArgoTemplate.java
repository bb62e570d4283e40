package io.jenkins.plugins.rollback.engine.gate.convert;

import io.jenkins.plugins.rollback.engine.gate.MetricQuery;
import io.jenkins.plugins.rollback.engine.gate.convert.Conditions.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An AnalysisTemplate, ClusterAnalysisTemplate or AnalysisRun of Argo Rollouts (its {@code docs/features/analysis.md}). */
final class ArgoTemplate {

    /** How often one looks when an analysis runs as long as the rollout does. */
    private static final int LOOKS = 30;

    private final Fields root;
    private final Draft draft;
    private final Map<String, String> arguments = new LinkedHashMap<>();
    private final Map<Map<String, Object>, Integer> counts = new LinkedHashMap<>();
    private final List<String> intervals = new ArrayList<>();
    private boolean endless;

    ArgoTemplate(Fields root, String source) {
        this.root = root;
        draft = new Draft("threshold", source);
    }

    Draft convert() {
        root.ignore("apiVersion", "kind", "metadata", "status");
        Fields spec = root.under("spec");
        spec.list("args").forEach(this::argument);
        List<String> dry = new ArrayList<>();
        spec.list("dryRun").forEach(one -> dry.add(one.text("metricName", "")));
        draft.analysis.put("interval", "1m");
        draft.analysis.put("looks", 1);
        List<Fields> metrics = spec.list("metrics");
        for (Fields metric : metrics) {
            metric(metric, dry);
        }
        schedule(spec);
        spec.lose();
        root.lose();
        draft.explainTrack(root, "spec.args");
        return draft;
    }

    /** Arguments with a value are put in; one without a value says whom the query is about, which is the track. */
    private void argument(Fields argument) {
        String name = argument.text("name", "");
        String value = argument.text("value", null);
        if (value == null && argument.has("valueFrom")) {
            argument.lose("valueFrom", "became " + MetricQuery.TRACK + "; check that '" + name + "' names the canary");
        }
        arguments.put(name, value == null ? MetricQuery.TRACK : value);
        argument.lose();
    }

    private void metric(Fields metric, List<String> dry) {
        String name = metric.text("name", "");
        Fields provider = metric.under("provider");
        Fields prometheus = provider.under("prometheus");
        if (!prometheus.has("query")) {
            metric.loseAll("the metric '" + name + "' is not carried over: its provider "
                    + String.join(", ", provider.keys()) + " has no query for Prometheus");
            return;
        }
        Map<String, Object> threshold = new LinkedHashMap<>();
        boolean success = limits(metric, "successCondition", "success", "failure", threshold);
        boolean failure = limits(metric, "failureCondition", "failure", "success", threshold);
        if (!success || !failure || threshold.isEmpty()) {
            metric.loseAll("the metric '" + name + "' is not carried over: "
                    + (threshold.isEmpty() && success && failure
                            ? "it has no condition"
                            : "its conditions are more than comparisons of the result with numbers"));
            return;
        }
        String query = Variables.filled(prometheus, "query", prometheus.text("query", ""), Variables.ARGO, arguments);
        prometheus.loseRest("how a server is reached is an administrator's, under the metric source's id");
        provider.lose();
        Map<String, Object> made = draft.gauge(metric, name, query);
        if (dry.contains(name) || dry.contains("*")) {
            made.put("critical", false);
        }
        for (String key : List.of("failureLimit", "inconclusiveLimit", "consecutiveErrorLimit")) {
            double limit = metric.number(key);
            if (limit < 0) {
                metric.lose(key, "any number is borne; 100000 stands for it");
                limit = 100_000;
            }
            if (!Double.isNaN(limit)) {
                threshold.put(key, (long) limit);
            }
        }
        made.put("threshold", threshold);
        interval(metric, made);
        if (metric.has("initialDelay")) {
            metric.lose("initialDelay", "put a sleep before the gate instead");
        }
        metric.lose();
    }

    /**
     * Reads a condition into its limits, or those of its opposite.
     *
     * @return whether it could be read; also when there is none
     */
    private static boolean limits(
            Fields metric, String key, String asKey, String oppositeKey, Map<String, Object> threshold) {
        String condition = metric.text(key, "");
        if (condition.isBlank()) {
            return true;
        }
        Optional<Limits> limits = Conditions.read(condition);
        // the opposite of a success is a failure only where nothing else says what a failure is
        boolean alone = metric.text(key.equals("successCondition") ? "failureCondition" : "successCondition", "")
                .isBlank();
        if (limits.isEmpty() || limits.get().opposite() && !alone) {
            return false;
        }
        threshold.put(
                limits.get().opposite() ? oppositeKey : asKey, limits.get().limits());
        return true;
    }

    private void interval(Fields metric, Map<String, Object> made) {
        String interval = metric.text("interval", null);
        double count = metric.number("count");
        if (interval != null) {
            intervals.add(interval);
        }
        if (interval != null && !(count > 0)) {
            endless = true;
        } else {
            counts.put(made, Math.max(1, (int) (Double.isNaN(count) ? 1 : count)));
        }
    }

    private void schedule(Fields spec) {
        intervals.stream()
                .filter(one -> one.matches("(\\d+[smh])+"))
                .min(Comparator.comparing(one -> Duration.parse("PT" + one.toUpperCase(Locale.ROOT))))
                .ifPresent(shortest -> draft.analysis.put("interval", shortest));
        if (intervals.stream().anyMatch(one -> !one.equals(draft.analysis.get("interval")))) {
            spec.lose(
                    "metrics[].interval",
                    "an analysis has one interval, the shortest: " + draft.analysis.get("interval"));
        }
        int looks = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        if (endless) {
            looks = Math.max(looks, LOOKS);
            spec.lose(
                    "metrics[].count",
                    "without one an analysis runs as long as the rollout; " + looks + " looks were" + " assumed");
        }
        draft.analysis.put("looks", looks);
        int all = looks;
        counts.forEach((metric, count) -> {
            if (count < all) {
                @SuppressWarnings("unchecked")
                Map<String, Object> threshold = (Map<String, Object>) metric.get("threshold");
                threshold.put("measurements", count);
            }
        });
    }
}
