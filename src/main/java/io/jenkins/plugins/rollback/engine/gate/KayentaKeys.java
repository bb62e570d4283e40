package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.classic.EffectSize;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule.Limits;
import io.jenkins.plugins.rollback.engine.judge.classic.KayentaRule.Statistic;
import io.jenkins.plugins.rollback.engine.model.YamlTree;
import io.jenkins.plugins.rollback.engine.model.YamlValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys of {@link KayentaGateJudge}; where Kayenta's configuration has them they are called the same. */
final class KayentaKeys implements JudgeKeys {

    static final List<String> KEYS = List.of("pass", "marginal", "every", "groupWeights");
    static final List<String> METRIC_KEYS = List.of(
            "groups",
            "muted",
            "mustHaveData",
            "nanStrategy",
            "outliers",
            "outlierFactor",
            "measure",
            "allowedIncrease",
            "allowedDecrease",
            "criticalIncrease",
            "criticalDecrease");
    private static final String DEFAULT_GROUP = "default";

    private final YamlTree tree;
    private final YamlValues values;
    private final Map<String, KayentaGateJudge.MetricSettings> metrics = new LinkedHashMap<>();
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private double pass = 95;
    private double marginal = 75;
    private int every;

    KayentaKeys(YamlTree tree, YamlValues values) {
        this.tree = tree;
        this.values = values;
    }

    @Override
    public boolean criticalByDefault() {
        return false;
    }

    @Override
    public boolean comparesTracks() {
        return true;
    }

    @Override
    public void settings(Node own) {
        if (own == null) {
            return;
        }
        Map<String, Node> keys = tree.mapping(own, "kayenta", KEYS);
        pass = values.number(keys.get("pass"), "pass", pass, 0, 100, false);
        marginal = values.number(keys.get("marginal"), "marginal", Math.min(marginal, pass), 0, 100, false);
        if (marginal > pass) {
            tree.problem(keys.get("marginal"), "marginal must not be above pass, which is " + YamlValues.plain(pass));
        }
        every = (int) values.number(keys.get("every"), "every", 0, 1, 100_000, true);
        if (keys.get("groupWeights") != null) {
            tree.entries(keys.get("groupWeights"), "groupWeights")
                    .forEach((group, node) ->
                            weights.put(group, values.number(node, "the weight of " + group, 0, 0, 100, false)));
            double sum =
                    weights.values().stream().mapToDouble(Double::doubleValue).sum();
            if (sum > 100 + 1e-9) {
                tree.problem(keys.get("groupWeights"), "groupWeights are percent and add up to more than 100");
            }
        }
    }

    @Override
    public void metric(Named metric, Node own) {
        Map<String, Node> keys = own == null ? Map.of() : tree.mapping(own, "kayenta of a metric", METRIC_KEYS);
        EffectSize measure = measure(keys.get("measure"));
        double most = measure == EffectSize.CLES ? 1 : Double.MAX_VALUE;
        double none = measure.none();
        KayentaRule rule = new KayentaRule(
                metric.worse(),
                metric.critical(),
                values.flag(keys.get("mustHaveData"), "mustHaveData", false),
                values.word(keys.get("nanStrategy"), "nanStrategy", "remove", List.of("remove", "replace"))
                        .equals("replace"),
                values.word(keys.get("outliers"), "outliers", "keep", List.of("keep", "remove"))
                        .equals("remove"),
                values.number(keys.get("outlierFactor"), "outlierFactor", 3, 1e-6, 1e6, false),
                measure,
                new Limits(
                        values.number(keys.get("allowedDecrease"), "allowedDecrease", none, 0, most, false),
                        values.number(keys.get("allowedIncrease"), "allowedIncrease", none, 0, most, false)),
                new Limits(
                        values.number(keys.get("criticalDecrease"), "criticalDecrease", none, 0, most, false),
                        values.number(keys.get("criticalIncrease"), "criticalIncrease", none, 0, most, false)),
                Statistic.KAYENTA);
        boolean muted = values.flag(keys.get("muted"), "muted", false);
        List<String> groups = groups(keys.get("groups"));
        if (metric.name() != null) {
            metrics.put(metric.name(), new KayentaGateJudge.MetricSettings(rule, groups, muted));
        }
    }

    private EffectSize measure(Node node) {
        List<String> words =
                Arrays.stream(EffectSize.values()).map(EffectSize::word).toList();
        String word = values.word(node, "measure", EffectSize.MEAN_RATIO.word(), words);
        return EffectSize.values()[words.indexOf(word)];
    }

    private List<String> groups(Node node) {
        if (node == null) {
            return List.of(DEFAULT_GROUP);
        }
        List<String> groups = new ArrayList<>();
        if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
            for (Node item : list.getValue()) {
                String group = tree.text(item, "a group");
                if (group != null && !groups.contains(group)) {
                    groups.add(group);
                }
            }
        } else {
            tree.problem(node, "groups must be a list with at least one name");
        }
        return groups;
    }

    @Override
    public GateJudge judge(Node body) {
        if (!metrics.isEmpty() && metrics.values().stream().allMatch(KayentaGateJudge.MetricSettings::muted)) {
            tree.problem(body, "every metric is muted, so nothing can be scored");
        }
        weights.keySet().stream()
                .filter(group ->
                        metrics.values().stream().noneMatch(one -> one.groups().contains(group)))
                .forEach(group -> tree.problem(
                        body, "groupWeights: no metric is in the group '" + YamlTree.shorten(group) + "'"));
        return new KayentaGateJudge(new KayentaGateJudge.Settings(pass, marginal, every, weights), metrics);
    }
}
