package io.jenkins.plugins.rollback.engine.gate.convert;

import io.jenkins.plugins.rollback.engine.gate.MetricQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A canary configuration of Kayenta (spinnaker/kayenta, {@code docs/canary-config.md}). Its judge is ours, so all that it
 * says of metrics and scores is carried over; of queries those for Prometheus are.
 */
final class KayentaConfig {

    /** Kayenta's guide: a metric should have 50 values at least. */
    private static final int LOOKS = 60;

    private final Fields root;
    private final Draft draft;
    private final List<String> groups = new ArrayList<>();

    KayentaConfig(Fields root, String source) {
        this.root = root;
        draft = new Draft("kayenta", source);
    }

    Draft convert() {
        root.ignore(
                "id", "name", "description", "configVersion", "applications", "createdTimestamp", "updatedTimestamp");
        root.ignore("createdTimestampIso", "updatedTimestampIso");
        Fields judge = root.under("judge");
        String name = judge.text("name", "NetflixACAJudge-v1.0");
        if (!name.startsWith("NetflixACAJudge")) {
            judge.lose(
                    "name", "'" + name + "' is another judge; the canary will be judged as NetflixACAJudge-v1.0 does");
        }
        if (!judge.under("judgeConfigurations").keys().isEmpty()) {
            judge.lose("judgeConfigurations", "has no counterpart");
        }
        judge.lose();
        draft.analysis.put("interval", "1m");
        draft.analysis.put("looks", LOOKS);
        draft.analysis.put("onNoData", "fail");
        Map<String, Object> scoring = new LinkedHashMap<>();
        draft.analysis.put("kayenta", scoring);
        root.lose(
                "lifetime",
                "how long and how often is said in the pipeline's canary stage, not here: " + LOOKS
                        + " looks of one minute were assumed");
        Fields templates = root.under("templates");
        root.list("metrics").forEach(metric -> metric(metric, templates));
        scores(scoring);
        root.lose();
        draft.explainTrack(root, "${scope}");
        return draft;
    }

    private void scores(Map<String, Object> scoring) {
        Fields classifier = root.under("classifier");
        Fields thresholds = classifier.under("scoreThresholds");
        for (String key : List.of("pass", "marginal")) {
            double value = thresholds.number(key);
            if (!Double.isNaN(value)) {
                scoring.put(key, Draft.plain(value));
            }
        }
        if (scoring.isEmpty()) {
            root.lose(
                    "classifier.scoreThresholds",
                    "are said in the pipeline's canary stage; pass 95 and marginal 75 stand");
        }
        Map<String, Object> weights = new LinkedHashMap<>();
        Fields given = classifier.under("groupWeights");
        for (String group : given.keys()) {
            if (groups.contains(group)) {
                weights.put(group, Draft.plain(given.number(group)));
            } else {
                given.lose(group, "no metric of this group was carried over");
            }
        }
        if (!weights.isEmpty()) {
            scoring.put("groupWeights", weights);
        }
        thresholds.lose();
        classifier.lose();
        if (scoring.isEmpty()) {
            draft.analysis.remove("kayenta");
        }
    }

    private void metric(Fields metric, Fields templates) {
        Fields query = metric.under("query");
        String type = query.text("type", query.text("serviceType", "of no type"));
        String name = metric.text("name", "");
        if (!type.equals("prometheus")) {
            metric.loseAll(
                    "the metric '" + name + "' is not carried over: queries for " + type + " are not translated");
            return;
        }
        metric.ignore("scopeName");
        Map<String, Object> made = draft.gauge(metric, name, promQl(query, templates));
        query.lose();
        // older configurations call it extensions
        Fields canary = metric.under(metric.has("analysisConfigurations") ? "analysisConfigurations" : "extensions")
                .under("canary");
        made.put("worse", canary.text("direction", "either"));
        if (canary.flag("critical")) {
            made.put("critical", true);
        }
        Map<String, Object> own = new LinkedHashMap<>();
        List<String> in = metric.texts("groups");
        if (!in.isEmpty()) {
            own.put("groups", in);
            groups.addAll(in);
        }
        for (String key : List.of("muted", "mustHaveData")) {
            if (canary.flag(key)) {
                own.put(key, true);
            }
        }
        if (canary.text("nanStrategy", "remove").equals("replace")) {
            own.put("nanStrategy", "replace");
        }
        Fields outliers = canary.under("outliers");
        if (outliers.text("strategy", "keep").equals("remove")) {
            own.put("outliers", "remove");
        }
        number(own, outliers, "outlierFactor");
        Fields effect = canary.under("effectSize");
        if (effect.text("measure", "meanRatio").equals("cles")) {
            own.put("measure", "cles");
        }
        for (String key : List.of("allowedIncrease", "allowedDecrease", "criticalIncrease", "criticalDecrease")) {
            number(own, effect, key);
        }
        if (!own.isEmpty()) {
            made.put("kayenta", own);
        }
        List.of(effect, outliers, canary, metric).forEach(Fields::lose);
    }

    private static void number(Map<String, Object> own, Fields from, String key) {
        double value = from.number(key);
        if (!Double.isNaN(value)) {
            own.put(key, Draft.plain(value));
        }
    }

    /** As Kayenta's {@code PrometheusMetricsService.buildQuery} puts it together. */
    private static String promQl(Fields query, Fields templates) {
        String key = query.has("customInlineTemplate") ? "customInlineTemplate" : "customFilterTemplate";
        String filter = query.text("customInlineTemplate", null);
        String named = query.text("customFilterTemplate", null);
        if (filter == null && named != null) {
            filter = templates.text(named, "");
        }
        filter = query.text("customFilter", filter == null ? "" : filter);
        filter = Variables.filled(query, key, filter, Variables.KAYENTA, Map.of("scope", MetricQuery.TRACK));
        if (filter.startsWith("PromQL:")) {
            query.ignore("metricName", "labelBindings", "groupByFields");
            return withTrack(query, filter.substring("PromQL:".length()));
        }
        List<String> filters = new ArrayList<>();
        if (!filter.isBlank()) {
            filters.add(filter.strip());
        }
        filters.addAll(query.texts("labelBindings"));
        if (!filter.contains(MetricQuery.TRACK)) {
            filters.add("track=\"" + MetricQuery.TRACK + "\"");
            query.lose(
                    "resourceType",
                    "selects instances by the scope's name, which is not known here; the label track was put in instead");
        }
        if (!query.texts("groupByFields").isEmpty()) {
            query.lose("groupByFields", "several series are not judged as one metric; the mean of all was taken");
        }
        return "avg(" + query.text("metricName", "") + "{" + String.join(",", filters) + "})";
    }

    private static String withTrack(Fields query, String promQl) {
        if (!promQl.contains(MetricQuery.TRACK)) {
            query.lose(
                    "customInlineTemplate",
                    "does not name the scope, so both tracks would get the same numbers; put " + MetricQuery.TRACK
                            + " where the comment stands");
            return promQl.strip() + "\n# " + MetricQuery.TRACK;
        }
        return promQl;
    }
}
