package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.jayway.jsonpath.JsonPath;
import io.jenkins.plugins.rollback.engine.model.JsonPaths;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the parts of an alert stand in JSON of any shape, a line each:
 *
 * <pre>{@code
 * service = $.labels.app
 * environment = $.labels.env
 * state = $.status
 * firing = ALARM, OPEN
 * resolved = OK
 * dedupe = $.incident.id
 * }</pre>
 *
 * <p>Also {@code severity}, {@code summary}, {@code link} and {@code at}. {@code state} is required; {@code firing} and
 * {@code resolved} list its values, without regard to case, and have common ones by default; any other value says nothing
 * new. A path must lead to one text or number. Regular expressions and more than one search in depth are refused: they could
 * take a very long time on a body made for it.
 */
public final class AlertMapping implements AlertReader {

    /** What can be mapped. */
    private enum Part {
        SERVICE,
        ENVIRONMENT,
        STATE,
        SEVERITY,
        DEDUPE,
        SUMMARY,
        LINK,
        AT;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Part, JsonPath> paths = new EnumMap<>(Part.class);
    private Set<String> firing = Set.of("firing", "alerting", "alarm", "open", "triggered", "active", "critical");
    private Set<String> resolved = Set.of("resolved", "ok", "closed", "recovered", "inactive", "normal");

    private AlertMapping() {}

    /**
     * Reads a mapping; empty lines and lines that start with {@code #} are left out.
     *
     * @throws IllegalArgumentException naming the line that is wrong
     */
    public static AlertMapping parse(String text) {
        AlertMapping mapping = new AlertMapping();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                mapping.add(line);
            }
        }
        if (!mapping.paths.containsKey(Part.STATE)) {
            throw new IllegalArgumentException("mapping: state is missing");
        }
        for (String word : mapping.firing) {
            if (mapping.resolved.contains(word)) {
                throw new IllegalArgumentException("mapping: '" + word + "' is both firing and resolved");
            }
        }
        return mapping;
    }

    /** Whether it says where this part stands, for example {@code service}. */
    public boolean has(String part) {
        return paths.keySet().stream().anyMatch(known -> known.key().equals(part));
    }

    private void add(String line) {
        int equals = line.indexOf('=');
        String key = equals < 0 ? line : line.substring(0, equals).strip();
        String value = equals < 0 ? "" : line.substring(equals + 1).strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("mapping: '" + Fields.clip(line) + "' is not 'part = path'");
        }
        switch (key) {
            case "firing" -> firing = words(value);
            case "resolved" -> resolved = words(value);
            default -> {
                if (paths.putIfAbsent(part(key), JsonPaths.compile("mapping: " + key, value)) != null) {
                    throw new IllegalArgumentException("mapping: " + key + " is there twice");
                }
            }
        }
    }

    private static Part part(String key) {
        return Stream.of(Part.values())
                .filter(part -> part.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("mapping: '" + Fields.clip(key)
                        + "' is unknown; known are firing, resolved, "
                        + Stream.of(Part.values()).map(Part::key).collect(Collectors.joining(", "))));
    }

    private static Set<String> words(String list) {
        return Stream.of(list.split(","))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        found.add(() -> alert(body));
    }

    private Draft alert(JsonNode body) throws AlertException {
        String word = value(body, Part.STATE);
        if (word == null) {
            throw new AlertException("state", "is missing");
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (!firing.contains(lower) && !resolved.contains(lower)) {
            return null;
        }
        JsonNode at = node(body, Part.AT);
        return new Draft(firing.contains(lower) ? Alert.State.FIRING : Alert.State.RESOLVED)
                .about(value(body, Part.SERVICE), value(body, Part.ENVIRONMENT))
                .severity(value(body, Part.SEVERITY))
                .dedupe(value(body, Part.DEDUPE))
                .summary(value(body, Part.SUMMARY))
                .link(value(body, Part.LINK))
                .at(
                        at == null
                                ? null
                                : Fields.time(
                                        JsonNodeFactory.instance.objectNode().set("at", at), "at"));
    }

    private String value(JsonNode body, Part part) throws AlertException {
        JsonNode node = node(body, part);
        if (node == null) {
            return null;
        }
        if (!node.isTextual() && !node.isNumber() && !node.isBoolean()) {
            throw new AlertException(part.key(), "expected one text or number, found " + Fields.kind(node));
        }
        return node.asText().isEmpty() ? null : node.asText();
    }

    /** What the path leads to; a path that may lead to several places gives an array, which must hold one. */
    private JsonNode node(JsonNode body, Part part) throws AlertException {
        JsonPath path = paths.get(part);
        JsonNode node;
        try {
            node = path == null ? null : JsonPaths.find(path, body);
        } catch (RuntimeException e) {
            // the library's checked ways to fail are suppressed; on odd bodies it has others
            throw new AlertException(part.key(), "the path cannot be followed in this body");
        }
        if (node != null && !path.isDefinite()) {
            List<JsonNode> several = new ArrayList<>();
            node.forEach(several::add);
            if (several.size() > 1) {
                throw new AlertException(part.key(), "expected one value, found " + several.size());
            }
            node = several.isEmpty() ? null : several.get(0);
        }
        return node == null || Fields.isNothing(node) ? null : node;
    }
}
