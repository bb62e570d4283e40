package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.judge.MetricKind;
import io.jenkins.plugins.rollback.engine.judge.Worse;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.YamlTree;
import io.jenkins.plugins.rollback.engine.model.YamlValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads an analysis file and finds every problem in it at once, each with line and column. */
final class AnalysisParser {

    private static final int MAX_METRICS = 100;
    static final List<String> KEYS = List.of(
            "judge",
            "interval",
            "looks",
            "alpha",
            "beta",
            "history",
            "baseline",
            "onInconclusive",
            "onNoData",
            "onError",
            "noDataLooks",
            "errorLooks",
            "metrics",
            "kayenta",
            "threshold",
            "slo");
    static final List<String> METRIC_KEYS = List.of(
            "name",
            "kind",
            "bad",
            "total",
            "value",
            "count",
            "worse",
            "tolerance",
            "negligible",
            "critical",
            "weight",
            "kayenta",
            "threshold",
            "slo");
    private static final List<String> OUTCOMES = List.of("promote", "hold", "fail");
    private static final List<String> INCONCLUSIVE = List.of("promote", "hold", "fail", "extend");

    private final String text;
    private final String fileName;
    private final YamlTree tree = new YamlTree();
    private final YamlValues values = new YamlValues(tree);
    private JudgeKeys judge;
    private String judgedBy;
    private QueryKeys queries;

    AnalysisParser(String text, String fileName) {
        this.text = text;
        this.fileName = fileName;
    }

    Analysis parse() throws AnalysisException {
        Analysis analysis = null;
        Node root = tree.read(text);
        if (root != null) {
            Node body = tree.mapping(root, "the file", List.of("analysis")).get("analysis");
            if (body != null) {
                Map<String, Node> keys = tree.mapping(body, "analysis", KEYS);
                judgedBy = values.word(keys.get("judge"), "judge", SequentialGateJudge.WORD, JudgeKeys.WORDS);
                judge = JudgeKeys.of(judgedBy, tree, values);
                queries = new QueryKeys(tree, judge.comparesTracks() && !keys.containsKey(BaselineKeys.KEY));
                JudgeKeys.refuseOthers(tree, keys, judgedBy);
                AnalysisSettings settings = settings(keys);
                judge.settings(keys.get(judgedBy));
                List<Metric> metrics = metrics(body, keys.get("metrics"));
                analysis = new Analysis(text, fileName, settings, judge.judge(body), metrics);
            } else if (tree.problems().isEmpty()) {
                tree.problem(root, "the key 'analysis' is missing");
            }
        }
        if (!tree.problems().isEmpty()) {
            throw new AnalysisException(fileName, tree.problems());
        }
        return analysis;
    }

    private AnalysisSettings settings(Map<String, Node> keys) {
        Duration second = Duration.ofSeconds(1);
        Duration interval = values.duration(keys.get("interval"), "interval", Duration.ofMinutes(1), second);
        int looks = (int) values.number(keys.get("looks"), "looks", 30, 1, Analysis.MOST_LOOKS, true);
        double alpha = values.probability(keys.get("alpha"), "alpha", 0.01);
        double beta = values.probability(keys.get("beta"), "beta", 0.05);
        Duration history = values.duration(keys.get("history"), "history", Duration.ZERO, Duration.ZERO);
        String inconclusive = values.word(keys.get("onInconclusive"), "onInconclusive", "hold", INCONCLUSIVE);
        boolean extend = inconclusive.equals("extend");
        return new AnalysisSettings(
                interval,
                looks,
                alpha,
                beta,
                history,
                extend ? Outcome.HOLD : outcome(inconclusive),
                extend,
                outcome(values.word(keys.get("onNoData"), "onNoData", "hold", OUTCOMES)),
                outcome(values.word(keys.get("onError"), "onError", "hold", OUTCOMES)),
                (int) values.number(keys.get("noDataLooks"), "noDataLooks", 5, 1, 1000, true),
                (int) values.number(keys.get("errorLooks"), "errorLooks", 4, 1, 1000, true),
                new BaselineKeys(tree, values, judgedBy).daysAgo(keys.get(BaselineKeys.KEY)));
    }

    private static Outcome outcome(String word) {
        return Outcome.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private List<Metric> metrics(Node body, Node node) {
        List<Metric> metrics = new ArrayList<>();
        if (node == null) {
            tree.problem(body, "'metrics' is missing");
            return metrics;
        }
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            tree.problem(node, "metrics must be a list with at least one metric");
            return metrics;
        }
        if (list.getValue().size() > MAX_METRICS) {
            tree.problem(node, "more than " + MAX_METRICS + " metrics");
        }
        Set<String> names = new HashSet<>();
        for (Node item : list.getValue()) {
            Metric metric = metric(item, names);
            if (metric != null) {
                metrics.add(metric);
            }
        }
        return metrics;
    }

    private Metric metric(Node item, Set<String> names) {
        int before = tree.problems().size();
        Map<String, Node> keys = tree.mapping(item, "a metric", METRIC_KEYS);
        if (keys.isEmpty()) {
            return null;
        }
        String name = name(item, keys.get("name"), names);
        String what = name == null ? "the metric" : "metric '" + name + "'";
        MetricKind kind = null;
        if (keys.get("kind") == null) {
            tree.problem(item, what + ": 'kind' is missing; known are " + words(MetricKind.values()));
        } else {
            String word = values.word(keys.get("kind"), "kind", null, words(MetricKind.values()));
            kind = word == null ? null : MetricKind.valueOf(word.toUpperCase(Locale.ROOT));
        }
        boolean ratio = kind == MetricKind.RATIO;
        MetricQuery bad = query(item, keys, "bad", ratio, kind, what);
        MetricQuery total = query(item, keys, "total", ratio, kind, what);
        MetricQuery value = query(item, keys, "value", kind == MetricKind.GAUGE, kind, what);
        MetricQuery count = query(item, keys, "count", kind == MetricKind.COUNT, kind, what);
        String worse = values.word(keys.get("worse"), "worse", "increase", words(Worse.values()));
        double tolerance = values.number(keys.get("tolerance"), "tolerance", 0.10, 0, 1000, false);
        double negligible =
                values.number(keys.get("negligible"), "negligible", 0, 0, ratio ? 1 : Double.MAX_VALUE, false);
        if (kind == MetricKind.COUNT && keys.get("negligible") != null) {
            tree.problem(keys.get("negligible"), "negligible is for ratios and gauges, not for counts");
        }
        boolean critical = values.flag(keys.get("critical"), "critical", judge.criticalByDefault());
        double weight = values.number(keys.get("weight"), "weight", 1, 1e-6, 1e6, false);
        Worse direction = Worse.valueOf(worse.toUpperCase(Locale.ROOT));
        JudgeKeys.refuseOthers(tree, keys, judgedBy);
        judge.metric(
                new JudgeKeys.Named(item, name, direction, critical, weight, known(bad, total, value, count)),
                keys.get(judgedBy));
        if (tree.problems().size() > before) {
            return null;
        }
        return new Metric(
                name,
                kind,
                bad,
                total,
                kind == MetricKind.COUNT ? count : value,
                direction,
                tolerance,
                negligible,
                critical,
                weight);
    }

    private String name(Node item, Node node, Set<String> names) {
        if (node == null) {
            tree.problem(item, "a metric has no 'name'");
            return null;
        }
        String name = tree.text(node, "name");
        if (name == null) {
            return null;
        }
        try {
            Names.require("name", name);
        } catch (InvalidNameException e) {
            tree.problem(node, e.getMessage());
            return null;
        }
        if (!names.add(name)) {
            tree.problem(node, "two metrics are called '" + name + "'");
        }
        return name;
    }

    private MetricQuery query(
            Node item, Map<String, Node> keys, String key, boolean wanted, MetricKind kind, String what) {
        Node node = keys.get(key);
        if (!wanted) {
            if (node != null && kind != null) {
                tree.problem(node, what + ": '" + key + "' does not belong to the kind " + word(kind));
            }
            return null;
        }
        if (node == null) {
            tree.problem(item, what + ": the query '" + key + "' is missing; the kind " + word(kind) + " needs it");
            return null;
        }
        return queries.read(node, what + ", " + key);
    }

    private static List<MetricQuery> known(MetricQuery... queries) {
        return Stream.of(queries).filter(Objects::nonNull).toList();
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(AnalysisParser::word).collect(Collectors.toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
