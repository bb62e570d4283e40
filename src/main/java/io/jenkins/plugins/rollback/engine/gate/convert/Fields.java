package io.jenkins.plugins.rollback.engine.gate.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.gate.convert.Converted.Lost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An object of the input that knows where it stands and what of it was used, so that nothing is left out silently: see
 * {@link #lose()}.
 */
final class Fields {

    private final JsonNode node;
    private final String path;
    private final List<Lost> lost;
    private final Set<String> used = new HashSet<>();

    Fields(JsonNode node, String path, List<Lost> lost) {
        this.node = node;
        this.path = path;
        this.lost = lost;
    }

    /** Where it stands. */
    String path() {
        return path;
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** The object under a key, empty when there is none. */
    Fields under(String key) {
        used.add(key);
        return new Fields(node.path(key), at(key), lost);
    }

    /** The objects of a list, none when there is none. */
    List<Fields> list(String key) {
        used.add(key);
        List<Fields> items = new ArrayList<>();
        JsonNode list = node.path(key);
        for (int i = 0; i < list.size() && list.isArray(); i++) {
            items.add(new Fields(list.get(i), at(key) + "[" + i + "]", lost));
        }
        return items;
    }

    /** The scalars of a list. */
    List<String> texts(String key) {
        used.add(key);
        List<String> texts = new ArrayList<>();
        if (node.path(key).isArray()) {
            node.path(key).forEach(one -> texts.add(one.asText()));
        }
        return texts;
    }

    /** A scalar as text, or a default. */
    String text(String key, String byDefault) {
        used.add(key);
        JsonNode value = node.path(key);
        return value.isValueNode() && !value.isNull() ? value.asText() : byDefault;
    }

    boolean flag(String key) {
        return Boolean.parseBoolean(text(key, "false"));
    }

    /** A number, NaN when there is none; what is no number is lost. */
    double number(String key) {
        String text = text(key, null);
        if (text == null) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            lose(key, "'" + text + "' is no number; the default stands");
            return Double.NaN;
        }
    }

    /** The names of its fields. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Notes that a field was not carried over. */
    void lose(String key, String why) {
        used.add(key);
        lost.add(new Lost(at(key), why));
    }

    /** Notes the same of the whole object. */
    void loseAll(String why) {
        lost.add(new Lost(path, why));
        used.addAll(keys());
    }

    /** Takes note that a field says nothing about the analysis. */
    void ignore(String... keys) {
        used.addAll(List.of(keys));
    }

    /** Notes every field that nobody asked for. */
    void lose() {
        loseRest("has no counterpart");
    }

    void loseRest(String why) {
        for (String key : keys()) {
            if (!used.contains(key)) {
                lose(key, why);
            }
        }
    }
}
