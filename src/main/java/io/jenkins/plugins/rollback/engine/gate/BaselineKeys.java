package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.model.YamlTree;
import io.jenkins.plugins.rollback.engine.model.YamlValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads which baseline an analysis wants: {@code baseline: {daysAgo: [1, 7]}}. */
final class BaselineKeys {

    static final String KEY = "baseline";
    static final List<String> KEYS = List.of("daysAgo");

    private static final int MOST_DAYS = 7;

    private final YamlTree tree;
    private final YamlValues values;
    private final String judgedBy;

    BaselineKeys(YamlTree tree, YamlValues values, String judgedBy) {
        this.tree = tree;
        this.values = values;
        this.judgedBy = judgedBy;
    }

    /** The days, or none when the key is not there; problems are noted. */
    List<Integer> daysAgo(Node node) {
        if (node == null) {
            return List.of();
        }
        if (judgedBy.equals(ThresholdGateJudge.WORD)) {
            tree.problem(node, "'" + KEY + "' has no meaning to the judge " + judgedBy + ", which asks no baseline");
            return List.of();
        }
        Map<String, Node> keys = tree.mapping(node, "'" + KEY + "'", KEYS);
        Node list = keys.get("daysAgo");
        if (!(list instanceof SequenceNode days)
                || days.getValue().isEmpty()
                || days.getValue().size() > MOST_DAYS) {
            tree.problem(
                    list == null ? node : list,
                    KEY + ": daysAgo must be a list of 1 to " + MOST_DAYS + " numbers of days");
            return List.of();
        }
        List<Integer> found = new ArrayList<>();
        for (Node day : days.getValue()) {
            int number = (int) values.number(day, "daysAgo", 1, 1, 60, true);
            if (found.contains(number)) {
                tree.problem(day, "daysAgo: " + number + " is there twice");
            }
            found.add(number);
        }
        return List.copyOf(found);
    }
}
