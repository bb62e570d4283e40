package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.classic.SloCriterion;
import io.jenkins.plugins.rollback.engine.judge.classic.SloObjective;
import io.jenkins.plugins.rollback.engine.model.YamlTree;
import io.jenkins.plugins.rollback.engine.model.YamlValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys of {@link SloGateJudge}; criteria are written as in Keptn's SLO files. */
final class SloKeys implements JudgeKeys {

    static final List<String> KEYS = List.of("pass", "warning");
    static final List<String> METRIC_KEYS = List.of("pass", "warning", "aggregate");

    private static final List<String> AGGREGATES = Arrays.stream(SloObjective.Aggregate.values())
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .toList();

    private final YamlTree tree;
    private final YamlValues values;
    private final Map<String, SloObjective> objectives = new LinkedHashMap<>();
    private double pass = 90;
    private double warning = 75;

    SloKeys(YamlTree tree, YamlValues values) {
        this.tree = tree;
        this.values = values;
    }

    @Override
    public boolean criticalByDefault() {
        return false;
    }

    @Override
    public boolean comparesTracks() {
        return false;
    }

    @Override
    public void settings(Node own) {
        if (own == null) {
            return;
        }
        Map<String, Node> keys = tree.mapping(own, "slo", KEYS);
        pass = values.number(keys.get("pass"), "pass", pass, 0, 100, false);
        warning = values.number(keys.get("warning"), "warning", Math.min(warning, pass), 0, 100, false);
        if (warning > pass) {
            tree.problem(keys.get("warning"), "warning must not be above pass, which is " + YamlValues.plain(pass));
        }
    }

    @Override
    public void metric(Named metric, Node own) {
        Map<String, Node> keys = own == null ? Map.of() : tree.mapping(own, "slo of a metric", METRIC_KEYS);
        String aggregate = values.word(keys.get("aggregate"), "aggregate", AGGREGATES.get(0), AGGREGATES);
        SloObjective objective = new SloObjective(
                alternatives(keys.get("pass"), "pass"),
                alternatives(keys.get("warning"), "warning"),
                metric.weight(),
                metric.critical(),
                SloObjective.Aggregate.valueOf(aggregate.toUpperCase(Locale.ROOT)));
        if (keys.get("warning") != null && keys.get("pass") == null) {
            tree.problem(keys.get("warning"), "warning without pass: only what can pass is scored");
        }
        if (objective.isRelative()
                && metric.queries().stream().anyMatch(one -> !one.query().contains(MetricQuery.TRACK))) {
            tree.problem(own, "a criterion compares with the baseline, and the query has no " + MetricQuery.TRACK);
        }
        if (metric.name() != null) {
            objectives.put(metric.name(), objective);
        }
    }

    /** A list of alternatives, each a list of criteria; a list of criteria alone is the one alternative. */
    private List<List<SloCriterion>> alternatives(Node node, String what) {
        List<List<SloCriterion>> alternatives = new ArrayList<>();
        if (node == null) {
            return alternatives;
        }
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            tree.problem(node, what + " must be a list of criteria such as \"<=+10%\", or of such lists");
            return alternatives;
        }
        boolean nested = list.getValue().stream().allMatch(SequenceNode.class::isInstance);
        if (!nested) {
            alternatives.add(criteria(list, what));
            return alternatives;
        }
        list.getValue().forEach(one -> alternatives.add(criteria((SequenceNode) one, what)));
        return alternatives;
    }

    private List<SloCriterion> criteria(SequenceNode list, String what) {
        List<SloCriterion> criteria = new ArrayList<>();
        for (Node item : list.getValue()) {
            String text = tree.text(item, what);
            Optional<SloCriterion> criterion = text == null ? Optional.empty() : SloCriterion.parse(text);
            if (text != null && criterion.isEmpty()) {
                tree.problem(
                        item,
                        what + ": '" + YamlTree.shorten(text)
                                + "' is no criterion; they look like \"<600\", \"<=+10%\" or \">=-5\"");
            }
            criterion.ifPresent(criteria::add);
        }
        if (list.getValue().isEmpty()) {
            tree.problem(list, what + " has an empty list of criteria");
        }
        return criteria;
    }

    @Override
    public GateJudge judge(Node body) {
        if (!objectives.isEmpty()
                && objectives.values().stream().allMatch(one -> one.pass().isEmpty())) {
            tree.problem(body, "no metric has an slo with pass criteria, so nothing can be scored");
        }
        return new SloGateJudge(pass, warning, objectives);
    }
}
