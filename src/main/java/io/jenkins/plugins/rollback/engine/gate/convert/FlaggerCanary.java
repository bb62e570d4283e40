package io.jenkins.plugins.rollback.engine.gate.convert;

import io.jenkins.plugins.rollback.engine.gate.MetricQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Canary of Flagger with the MetricTemplates that stand in the same file (fluxcd/flagger, {@code docs/gitbook/usage}).
 * Steps of traffic, webhooks and alerts are the Pipeline's and are listed as lost.
 */
final class FlaggerCanary {

    private static final String SUCCESS_RATE = "request-success-rate";
    private static final String DURATION = "request-duration";

    /**
     * What Flagger's two built-in checks ask, by the provider; the names of metrics and labels are those of {@code
     * pkg/metrics/observers} of fluxcd/flagger (Apache License 2.0).
     */
    private static final Map<String, Map<String, String>> BUILT_IN = Map.of(
            "istio",
                    Map.of(
                            SUCCESS_RATE,
                            rate(
                                    "istio_requests_total",
                                    "reporter=\"destination\",destination_workload_namespace=\"{{ namespace }}\","
                                            + "destination_workload=~\"{{ target }}\"",
                                    "response_code!~\"5.*\""),
                            DURATION,
                            quantile(
                                    "istio_request_duration_milliseconds_bucket",
                                    "reporter=\"destination\",destination_workload_namespace=\"{{ namespace }}\","
                                            + "destination_workload=~\"{{ target }}\"")),
            "linkerd",
                    Map.of(
                            SUCCESS_RATE,
                            rate(
                                    "response_total",
                                    "namespace=\"{{ namespace }}\",deployment=~\"{{ target }}\",direction=\"inbound\"",
                                    "classification!=\"failure\""),
                            DURATION,
                            quantile(
                                    "response_latency_ms_bucket",
                                    "namespace=\"{{ namespace }}\",deployment=~\"{{ target }}\",direction=\"inbound\"")));

    private final Fields root;
    private final Map<String, Fields> templates;
    private final Draft draft;
    private String provider;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param templates the MetricTemplates of the file by name */
    FlaggerCanary(Fields root, Map<String, Fields> templates, String source) {
        this.root = root;
        this.templates = templates;
        draft = new Draft("threshold", source);
    }

    private static String rate(String metric, String labels, String good) {
        return "sum(rate(" + metric + "{" + labels + "," + good + "}[{{ interval }}])) / sum(rate(" + metric + "{"
                + labels + "}[{{ interval }}])) * 100";
    }

    private static String quantile(String metric, String labels) {
        return "histogram_quantile(0.99, sum(rate(" + metric + "{" + labels + "}[{{ interval }}])) by (le))";
    }

    Draft convert() {
        root.ignore("apiVersion", "kind", "status");
        Fields metadata = root.under("metadata");
        Fields spec = root.under("spec");
        values.put("target", MetricQuery.TRACK);
        values.put("name", metadata.text("name", ""));
        values.put("namespace", metadata.text("namespace", "default"));
        values.put("service", spec.under("service").text("name", values.get("name")));
        values.put("ingress", spec.under("ingressRef").text("name", ""));
        provider = spec.text("provider", "");
        Fields analysis = spec.under(spec.has("analysis") ? "analysis" : "canaryAnalysis");
        schedule(analysis);
        analysis.list("metrics").forEach(this::metric);
        analysis.loseRest("is said in the Pipeline, around the gate");
        for (String key : spec.keys()) {
            if (!List.of("analysis", "canaryAnalysis", "provider").contains(key)) {
                spec.lose(key, "says what is deployed and how traffic is routed, which is the Pipeline's");
            }
        }
        root.lose();
        draft.explainTrack(root, "{{ target }}");
        return draft;
    }

    /** Flagger passes after so many good checks and fails after so many bad ones, in whatever order they come. */
    private void schedule(Fields analysis) {
        int good = (int) orElse(analysis.number("iterations"), 0);
        double most = orElse(analysis.number("maxWeight"), 100);
        double step = analysis.number("stepWeight");
        int steps = analysis.texts("stepWeights").size();
        if (good == 0) {
            good = steps > 0 ? steps : step > 0 ? (int) Math.ceil(most / step) : 10;
        }
        int bad = (int) Math.max(1, orElse(analysis.number("threshold"), 1));
        draft.analysis.put("interval", analysis.text("interval", "1m"));
        draft.analysis.put("looks", good + bad - 1);
        Map<String, Object> checks = new LinkedHashMap<>();
        checks.put("failedChecks", bad);
        checks.put("passedChecks", good);
        draft.analysis.put("threshold", checks);
        for (String key : List.of("maxWeight", "stepWeight", "stepWeights")) {
            if (analysis.has(key)) {
                analysis.lose(key, "the gate takes as many good looks; traffic is shifted in the Pipeline");
            }
        }
    }

    private static double orElse(double number, double other) {
        return Double.isNaN(number) ? other : number;
    }

    private void metric(Fields metric) {
        String name = metric.text("name", "");
        String query = query(metric, name);
        Map<String, Object> limits = limits(metric, name);
        if (query == null) {
            return;
        }
        if (limits.isEmpty()) {
            metric.loseAll("the metric '" + name + "' is not carried over: it has no thresholdRange");
            return;
        }
        Map<String, String> own = new LinkedHashMap<>(values);
        own.put("interval", metric.text("interval", "1m"));
        Fields variables = metric.under("templateVariables");
        variables.keys().forEach(key -> own.put("variables." + key, variables.text(key, "")));
        String filled = Variables.filled(metric, "query", query, Variables.FLAGGER, own);
        Map<String, Object> threshold = new LinkedHashMap<>();
        threshold.put("success", limits);
        draft.gauge(metric, name, filled).put("threshold", threshold);
        metric.lose();
    }

    private static Map<String, Object> limits(Fields metric, String name) {
        Map<String, Object> limits = new LinkedHashMap<>();
        Fields range = metric.under("thresholdRange");
        for (String key : List.of("min", "max")) {
            double limit = range.number(key);
            if (!Double.isNaN(limit)) {
                limits.put(key, Draft.plain(limit));
            }
        }
        double old = metric.number("threshold");
        if (limits.isEmpty() && !Double.isNaN(old)) {
            limits.put(name.equals(SUCCESS_RATE) ? "min" : "max", Draft.plain(old));
        }
        range.lose();
        return limits;
    }

    /** The query with its variables, or {@code null} when there is none. */
    private String query(Fields metric, String name) {
        if (metric.has("query")) {
            return metric.text("query", "");
        }
        if (metric.has("templateRef")) {
            String wanted = metric.under("templateRef").text("name", "");
            Fields template = templates.get(wanted);
            if (template == null) {
                metric.loseAll("the metric '" + name + "' is not carried over: its MetricTemplate '" + wanted
                        + "' is not in the file");
                return null;
            }
            String type = template.under("spec").under("provider").text("type", "prometheus");
            if (!type.equals("prometheus")) {
                metric.loseAll(
                        "the metric '" + name + "' is not carried over: queries for " + type + " are not translated");
                return null;
            }
            return template.under("spec").text("query", "");
        }
        String builtIn = BUILT_IN.getOrDefault(provider, Map.of()).get(name);
        if (builtIn == null) {
            metric.loseAll("the metric '" + name + "' is not carried over: what Flagger asks for it with the provider '"
                    + provider + "' is not known here");
        }
        return builtIn;
    }
}
