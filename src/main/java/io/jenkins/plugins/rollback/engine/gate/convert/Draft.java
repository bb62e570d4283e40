package io.jenkins.plugins.rollback.engine.gate.convert;

import io.jenkins.plugins.rollback.engine.gate.MetricQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** An analysis file in the making. */
final class Draft {

    private static final int LONGEST_NAME = 64;

    final Map<String, Object> analysis = new LinkedHashMap<>();
    final List<Map<String, Object>> metrics = new ArrayList<>();
    private final String source;
    private final Set<String> names = new HashSet<>();

    /** @param source id of the metric server that is asked */
    Draft(String judge, String source) {
        this.source = source;
        analysis.put("judge", judge);
    }

    /** Begins a gauge, giving it a name that is allowed and not taken. */
    Map<String, Object> gauge(Fields from, String name, String query) {
        String plain = name.strip().replaceAll("[^A-Za-z0-9._+-]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        plain = plain.isEmpty() ? "metric" : plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        String free = plain;
        for (int i = 2; !names.add(free); i++) {
            free = plain + "-" + i;
        }
        if (!free.equals(name)) {
            from.lose("name", "'" + name + "' became " + free);
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("source", source);
        asked.put("query", oneLine(query));
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("name", free);
        metric.put("kind", "gauge");
        metric.put("value", asked);
        metrics.add(metric);
        return metric;
    }

    /** White space means nothing to PromQL, except that a comment ends with its line. */
    private static String oneLine(String query) {
        return query.contains("#") ? query.strip() : query.strip().replaceAll("\\s*\\n\\s*", " ");
    }

    /** Notes what has to be true of the labels, once, when any query has a track. */
    void explainTrack(Fields root, String what) {
        boolean tracks = metrics.stream()
                .map(metric -> (Map<?, ?>) metric.get("value"))
                .anyMatch(asked -> String.valueOf(asked.get("query")).contains(MetricQuery.TRACK));
        if (tracks) {
            root.lose(
                    what,
                    "became " + MetricQuery.TRACK + ", which will be 'baseline' and 'canary': the label must have"
                            + " these values, or the query a label that has");
        }
    }

    /** A number as one would write it. */
    static Object plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : (Object) value;
    }

    String yaml() {
        analysis.put("metrics", metrics);
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(10_000); // a query stays on its line
        options.setSplitLines(false);
        return new Yaml(options).dump(Map.of("analysis", analysis));
    }
}
