package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Reads an event from JSON, as {@code ./rollback ledger append} takes it:
 * {@code {"kind": "release.retained", "service", "environment", "release", "actor", "reason", "data": {...}}}. Only
 * {@code kind} is required. {@code actor} is {@code user:alice}, {@code system:part}, {@code webhook:endpoint} or the
 * bare id of a user. {@code data} is open, every other key is refused.
 */
public final class EventJson {

    private static final Set<String> KEYS =
            Set.of("kind", "service", "environment", "release", "actor", "reason", "data");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EventJson() {}

    /** @throws InvalidEventException in one line, starting with the field that is wrong */
    public static Event read(String line) {
        JsonNode root;
        try {
            root = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new InvalidEventException("event: not JSON: " + firstLine(e));
        }
        return read(root);
    }

    /** Like {@link #read(String)}, from a tree. */
    public static Event read(JsonNode root) {
        if (!(root instanceof ObjectNode json)) {
            throw new InvalidEventException("event: expected a JSON object with at least \"kind\"");
        }
        for (Iterator<String> keys = json.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!KEYS.contains(key)) {
                throw new InvalidEventException(
                        shown(key) + ": unknown field, expected one of kind, service, environment,"
                                + " release, actor, reason, data; further facts belong into data");
            }
        }
        Event event = Event.of(kind(json))
                .service(text(json, "service"))
                .environment(text(json, "environment"))
                .version(text(json, "release"))
                .reason(text(json, "reason"));
        String actor = text(json, "actor");
        if (actor != null) {
            try {
                event.actor(Actor.parse(actor));
            } catch (InvalidNameException e) {
                throw new InvalidEventException("actor: " + e.getMessage());
            }
        }
        JsonNode data = json.get("data");
        if (data != null && !data.isNull()) {
            if (!data.isObject()) {
                throw new InvalidEventException("data: expected a JSON object");
            }
            for (Iterator<Map.Entry<String, JsonNode>> it = data.fields(); it.hasNext(); ) {
                Map.Entry<String, JsonNode> field = it.next();
                event.with(field.getKey(), field.getValue());
            }
        }
        Envelope.check(event);
        return event;
    }

    private static EventKind kind(ObjectNode json) {
        String wire = text(json, "kind");
        if (wire == null) {
            throw new InvalidEventException("kind: missing, expected one of " + EventKind.known());
        }
        return EventKind.ofWire(wire)
                .orElseThrow(() -> new InvalidEventException(
                        "kind: '" + shown(wire) + "' is unknown, expected one of " + EventKind.known()));
    }

    private static String text(ObjectNode json, String key) {
        JsonNode value = json.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new InvalidEventException(key + ": expected a string");
        }
        return value.textValue();
    }

    /** What a stranger wrote, made fit for one line of an error. */
    private static String shown(String text) {
        String cut = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    static String firstLine(IOException e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
