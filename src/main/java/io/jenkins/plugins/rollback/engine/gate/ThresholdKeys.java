package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.classic.Range;
import io.jenkins.plugins.rollback.engine.judge.classic.ThresholdRule;
import io.jenkins.plugins.rollback.engine.model.YamlTree;
import io.jenkins.plugins.rollback.engine.model.YamlValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** The keys of {@link ThresholdGateJudge}. */
final class ThresholdKeys implements JudgeKeys {

    static final List<String> KEYS = List.of("failedChecks", "passedChecks");
    static final List<String> METRIC_KEYS =
            List.of("success", "failure", "failureLimit", "inconclusiveLimit", "consecutiveErrorLimit", "measurements");
    static final List<String> RANGE_KEYS = List.of("min", "max", "above", "below");

    /** Argo Rollouts' default. */
    private static final int ERRORS = 4;

    private static final int MOST = 100_000;

    private final YamlTree tree;
    private final YamlValues values;
    private final Map<String, ThresholdRule> rules = new LinkedHashMap<>();
    private int failedChecks;
    private int passedChecks;

    ThresholdKeys(YamlTree tree, YamlValues values) {
        this.tree = tree;
        this.values = values;
    }

    @Override
    public boolean criticalByDefault() {
        return true;
    }

    @Override
    public boolean comparesTracks() {
        return false;
    }

    @Override
    public void settings(Node own) {
        Map<String, Node> keys = own == null ? Map.of() : tree.mapping(own, "threshold", KEYS);
        failedChecks = whole(keys, "failedChecks", 0, 1);
        passedChecks = whole(keys, "passedChecks", 0, 1);
    }

    @Override
    public void metric(Named metric, Node own) {
        if (own == null) {
            tree.problem(
                    metric.item(),
                    "a metric has no 'threshold'; the judge threshold needs its success, failure or both");
            return;
        }
        Map<String, Node> keys = tree.mapping(own, "threshold of a metric", METRIC_KEYS);
        Range success = range(keys.get("success"), "success");
        Range failure = range(keys.get("failure"), "failure");
        if (keys.get("success") == null && keys.get("failure") == null) {
            tree.problem(own, "threshold needs success, failure or both");
        }
        ThresholdRule rule = new ThresholdRule(
                success,
                failure,
                // where bad looks are counted for the whole gate, a metric's own failures have no limit of their own
                whole(keys, "failureLimit", failedChecks > 0 ? -1 : 0, 0),
                whole(keys, "inconclusiveLimit", failedChecks > 0 ? MOST : 0, 0),
                whole(keys, "consecutiveErrorLimit", failedChecks > 0 ? MOST : ERRORS, 0),
                whole(keys, "measurements", 0, 1));
        if (metric.name() != null) {
            rules.put(metric.name(), rule);
        }
    }

    private int whole(Map<String, Node> keys, String key, int byDefault, int least) {
        return (int) values.number(keys.get(key), key, byDefault, least, MOST, true);
    }

    private Range range(Node node, String what) {
        if (node == null) {
            return null;
        }
        Map<String, Node> keys = tree.mapping(node, what, RANGE_KEYS);
        Range range = new Range(
                limit(keys.get("min"), "min"),
                limit(keys.get("max"), "max"),
                limit(keys.get("above"), "above"),
                limit(keys.get("below"), "below"));
        if (keys.isEmpty()) {
            tree.problem(node, what + " needs at least one of " + String.join(", ", RANGE_KEYS));
        } else if (range.isImpossible()) {
            tree.problem(node, what + ": no number is " + range);
        }
        return range;
    }

    private double limit(Node node, String key) {
        return values.number(node, key, Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE, false);
    }

    @Override
    public GateJudge judge(Node body) {
        return new ThresholdGateJudge(new ThresholdGateJudge.Settings(failedChecks, passedChecks), rules);
    }
}
