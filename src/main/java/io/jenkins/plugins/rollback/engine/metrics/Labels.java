package io.jenkins.plugins.rollback.engine.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A series' labels, its name among them as {@code __name__}. Immutable.
 *
 * @param map never changed after construction
 */
public record Labels(SortedMap<String, String> map) {

    static final String NAME = "__name__";
    public static final Labels NONE = new Labels(new TreeMap<>());

    /** The fields of an object, as text. */
    public static Labels of(JsonNode metric) {
        SortedMap<String, String> map = new TreeMap<>();
        metric.fields()
                .forEachRemaining(
                        field -> map.put(field.getKey(), field.getValue().asText()));
        return new Labels(map);
    }

    /** The label's value; an absent label is the same as an empty one, as in Prometheus. */
    String get(String label) {
        return map.getOrDefault(label, "");
    }

    Labels without(String label) {
        if (!map.containsKey(label)) {
            return this;
        }
        SortedMap<String, String> rest = new TreeMap<>(map);
        rest.remove(label);
        return new Labels(rest);
    }

    Labels only(Collection<String> labels) {
        SortedMap<String, String> rest = new TreeMap<>(map);
        rest.keySet().retainAll(labels);
        return new Labels(rest);
    }

    /** Which labels tell these series apart, with a few of their values, for a message. */
    static String difference(List<Labels> series) {
        TreeSet<String> names = new TreeSet<>();
        series.forEach(labels -> names.addAll(labels.map.keySet()));
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            TreeSet<String> values = new TreeSet<>();
            series.forEach(labels -> values.add(labels.get(name)));
            if (values.size() > 1) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append("label '")
                        .append(name)
                        .append("' (");
                text.append(HttpPage.excerpt(
                        String.join(", ", values.stream().limit(4).toList()) + (values.size() > 4 ? ", ..." : "")));
                text.append(')');
            }
        }
        return text.isEmpty() ? "no label" : text.toString();
    }
}
