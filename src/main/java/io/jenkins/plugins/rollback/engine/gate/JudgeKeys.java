package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.Worse;
import io.jenkins.plugins.rollback.engine.model.YamlTree;
import io.jenkins.plugins.rollback.engine.model.YamlValues;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The keys of an analysis file that belong to one judge: a mapping called like the judge, in {@code analysis} and in
 * each metric. What is wrong is noted in the {@link YamlTree}.
 */
interface JudgeKeys {

    /** Names of all judges. */
    List<String> WORDS =
            List.of(SequentialGateJudge.WORD, KayentaGateJudge.WORD, ThresholdGateJudge.WORD, SloGateJudge.WORD);

    /** Keys that promise something which only {@link SequentialGateJudge} keeps. */
    List<String> SEQUENTIAL = List.of("alpha", "beta", "history", "tolerance", "negligible");

    static JudgeKeys of(String word, YamlTree tree, YamlValues values) {
        return switch (word) {
            case KayentaGateJudge.WORD -> new KayentaKeys(tree, values);
            case ThresholdGateJudge.WORD -> new ThresholdKeys(tree, values);
            case SloGateJudge.WORD -> new SloKeys(tree, values);
            default -> new SequentialKeys();
        };
    }

    /** Whether a metric is critical when it does not say. */
    boolean criticalByDefault();

    /** Whether every query must contain {@link MetricQuery#TRACK}, because two tracks are compared. */
    boolean comparesTracks();

    /**
     * Reads the judge's mapping in {@code analysis}.
     *
     * @param own or {@code null} when it is not there
     */
    void settings(Node own);

    /**
     * Reads the judge's mapping of a metric.
     *
     * @param metric the metric as far as it is known
     * @param own or {@code null} when it is not there
     */
    void metric(Named metric, Node own);

    /** The judge, once everything was read. */
    GateJudge judge(Node body);

    /**
     * What a judge wants to know of a metric besides its own keys.
     *
     * @param item where it stands
     * @param name or {@code null} when that was a problem
     * @param queries those that could be read
     */
    record Named(Node item, String name, Worse worse, boolean critical, double weight, List<MetricQuery> queries) {}

    /** Notes the keys that belong to another judge. */
    static void refuseOthers(YamlTree tree, Map<String, Node> keys, String word) {
        for (String other : WORDS) {
            if (!other.equals(word) && keys.containsKey(other)) {
                tree.problem(
                        keys.get(other),
                        "'" + other + "' belongs to the judge " + other + ", and the judge is " + word);
            }
        }
        if (!word.equals(SequentialGateJudge.WORD)) {
            for (String key : SEQUENTIAL) {
                if (keys.containsKey(key)) {
                    tree.problem(
                            keys.get(key),
                            "'" + key + "' means something to the judge sequential only, and the judge is " + word);
                }
            }
        }
    }

    /** The judge of this project has no keys of its own: those of {@code analysis} and of metrics are its. */
    final class SequentialKeys implements JudgeKeys {
        @Override
        public boolean criticalByDefault() {
            return true;
        }

        @Override
        public boolean comparesTracks() {
            return true;
        }

        @Override
        public void settings(Node own) {
            // there are none
        }

        @Override
        public void metric(Named metric, Node own) {
            // there are none
        }

        @Override
        public GateJudge judge(Node body) {
            return new SequentialGateJudge();
        }
    }
}
