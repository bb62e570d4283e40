package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Labels or tags, in which a sender says which service in which environment it means: {@code service}, and
 * {@code environment} or {@code env}. Keys are compared without regard to case. A key with two values says nothing for
 * sure and is refused when it is asked for.
 */
final class Labels {

    private final Map<String, TreeSet<String>> values = new HashMap<>();

    private Labels() {}

    static Labels none() {
        return new Labels();
    }

    /** Those of an object; values that are no text and no array of texts are left out. */
    static Labels of(JsonNode object) {
        Labels labels = new Labels();
        object.fields().forEachRemaining(field -> {
            if (field.getValue().isTextual()) {
                labels.add(field.getKey(), field.getValue().textValue());
            } else if (field.getValue().isArray()) {
                field.getValue().forEach(value -> {
                    if (value.isTextual()) {
                        labels.add(field.getKey(), value.textValue());
                    }
                });
            }
        });
        return labels;
    }

    /** Tags like {@code service:checkout}: an array of them, or one text with commas between. */
    Labels andTags(JsonNode tags) {
        if (tags.isTextual()) {
            for (String tag : tags.textValue().split(",")) {
                addTag(tag);
            }
        }
        for (JsonNode tag : tags) {
            if (tag.isTextual()) {
                addTag(tag.textValue());
            }
        }
        return this;
    }

    private void addTag(String tag) {
        int colon = tag.indexOf(':');
        if (colon > 0) {
            add(tag.substring(0, colon), tag.substring(colon + 1));
        }
    }

    void add(String key, String value) {
        if (!value.isBlank()) {
            values.computeIfAbsent(key.strip().toLowerCase(Locale.ROOT), any -> new TreeSet<>())
                    .add(value.strip());
        }
    }

    /** @return {@code null} when there is none */
    String get(String key) throws AlertException {
        TreeSet<String> found = values.get(key);
        if (found == null) {
            return null;
        }
        if (found.size() > 1) {
            throw new AlertException(
                    key, "is said twice: '" + Fields.clip(found.first()) + "', '" + Fields.clip(found.last()) + "'");
        }
        return found.first();
    }

    String service() throws AlertException {
        return get("service");
    }

    String environment() throws AlertException {
        return Fields.first(get("environment"), get("env"));
    }
}
