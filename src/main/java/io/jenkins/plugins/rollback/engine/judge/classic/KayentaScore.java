package io.jenkins.plugins.rollback.engine.judge.classic;

import io.jenkins.plugins.rollback.engine.judge.classic.Classification.Label;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Kayenta makes of all metrics together: in each group the share of metrics that passed, and of the groups a
 * weighted mean, after {@code WeightedSumScorer} and {@code ThresholdScoreClassifier} of spinnaker/kayenta.
 *
 * @param score from 0 to 100, to two decimals
 * @param noData whether it is 0 because data was missing, not because of what the data said
 * @param veto what made it 0 whatever the groups say, or {@code null}
 * @param groups each group's own score; NaN of a group without any data
 */
public record KayentaScore(double score, boolean noData, String veto, Map<String, Double> groups) {

    /** From this share of metrics without data on there is no score. */
    private static final double TOO_MANY = 0.5;

    /**
     * One metric that counts.
     *
     * @param name for the veto
     * @param groups it belongs to; in none it has no part in the score
     */
    public record Scored(String name, List<String> groups, Classification classification) {

        private boolean is(Label label) {
            return classification.label() == label;
        }
    }

    /**
     * Scores metrics.
     *
     * @param metrics all that are not muted
     * @param weights of groups, in percent; groups without one share equally what is left of 100
     */
    public static KayentaScore of(List<Scored> metrics, Map<String, Double> weights) {
        Map<String, List<Label>> labels = new LinkedHashMap<>();
        for (Scored metric : metrics) {
            for (String group : metric.groups()) {
                labels.computeIfAbsent(group, name -> new ArrayList<>())
                        .add(metric.classification().label());
            }
        }
        Map<String, Double> groups = new LinkedHashMap<>();
        labels.forEach((group, found) -> groups.put(group, groupScore(found)));
        List<Scored> failures = metrics.stream()
                .filter(metric -> metric.classification().critical() && !metric.is(Label.PASS))
                .toList();
        if (!failures.isEmpty()) {
            Scored first = failures.stream()
                    .filter(metric -> !metric.is(Label.NODATA))
                    .findFirst()
                    .orElse(failures.get(0));
            String veto = "the critical metric " + first.name() + ": "
                    + first.classification().reason();
            return new KayentaScore(0, first.is(Label.NODATA), veto, groups);
        }
        long missing =
                metrics.stream().filter(metric -> metric.is(Label.NODATA)).count();
        if (missing >= TOO_MANY * metrics.size()) {
            return new KayentaScore(
                    0, true, missing + " of " + metrics.size() + " metrics have no data, half or more", groups);
        }
        return new KayentaScore(summary(groups, weights), false, null, groups);
    }

    private static double groupScore(Collection<Label> labels) {
        long counted = labels.stream().filter(label -> label != Label.NODATA).count();
        long passed = labels.stream().filter(label -> label == Label.PASS).count();
        return counted == 0 ? Double.NaN : 100.0 * passed / counted;
    }

    private static double summary(Map<String, Double> groups, Map<String, Double> weights) {
        double given =
                weights.values().stream().mapToDouble(Double::doubleValue).sum();
        long without = groups.keySet().stream()
                .filter(group -> !weights.containsKey(group))
                .count();
        double rest = without == 0 ? 0 : (100 - given) / without;
        double sum = 0;
        for (Map.Entry<String, Double> group : groups.entrySet()) {
            // a group that has no data at all does not pull the score down
            double score = Double.isNaN(group.getValue()) ? 100 : group.getValue();
            sum += score * weights.getOrDefault(group.getKey(), rest) / 100;
        }
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    /**
     * What the score means.
     *
     * @param pass from this score on it passes
     * @param marginal below this score it fails; between them it is inconclusive
     */
    public Verdict verdict(double pass, double marginal) {
        if (noData) {
            return Verdict.NO_DATA;
        }
        return veto != null || score < marginal ? Verdict.FAIL : score >= pass ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }
}
