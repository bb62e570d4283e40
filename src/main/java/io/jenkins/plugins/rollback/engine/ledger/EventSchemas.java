package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The JSON Schemas of all kinds of entries, {@code schema/<kind>.json} beside this class. The envelope is closed and
 * made by {@link Envelope} alone; {@code data} is open, but a key that its kind knows has the type that it must have.
 *
 * <p>Checked on append and never on reading: a schema may become stricter, what was recorded stays readable.
 */
final class EventSchemas {

    /** What all kinds have in common; refers to itself by this name, so that other people's validators find it. */
    private static final String COMMON = "entry.json";

    private static final JsonNode ENTRY = read(COMMON);
    private static final Map<EventKind, SchemaRule> RULES = new EnumMap<>(EventKind.class);

    static {
        for (EventKind kind : EventKind.values()) {
            RULES.put(kind, new SchemaRule(read(kind.wire() + ".json"), EventSchemas::find));
        }
    }

    private EventSchemas() {}

    /**
     * Checks the {@code data} of an event that is to be appended.
     *
     * @throws InvalidEventException starting with the path of the first field that is wrong, for example
     *     {@code data.lease: expected an integer}
     */
    static void checkData(EventKind kind, JsonNode data) {
        RULES.get(kind).property("data").check("data", data);
    }

    /**
     * Checks that an event that is to be appended has the names that its kind cannot do without.
     *
     * @throws InvalidEventException for example {@code service: missing}
     */
    static void checkNames(Event event) {
        for (String name : RULES.get(event.kind()).required()) {
            String value =
                    switch (name) {
                        case "service" -> event.service();
                        case "environment" -> event.environment();
                        case "release" -> event.version();
                        default -> throw new IllegalArgumentException("no kind can require " + name);
                    };
            if (value == null) {
                throw new InvalidEventException(name + ": missing");
            }
        }
    }

    /** Checks a whole entry, its envelope included. */
    static void checkEntry(EventKind kind, JsonNode entry) {
        RULES.get(kind).check("entry", entry);
    }

    private static JsonNode find(JsonNode ref) {
        String name = ref.textValue();
        if (!name.startsWith(COMMON)) {
            throw new IllegalArgumentException("a schema may refer to " + COMMON + " alone, not to " + name);
        }
        JsonNode found = name.equals(COMMON) ? ENTRY : ENTRY.at(name.substring(COMMON.length() + 1));
        if (found.isMissingNode()) {
            throw new IllegalArgumentException(name + " is not there");
        }
        return found;
    }

    private static JsonNode read(String name) {
        try (InputStream in = EventSchemas.class.getResourceAsStream("schema/" + name)) {
            if (in == null) {
                throw new IllegalStateException("there is no schema/" + name);
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("schema/" + name, e);
        }
    }
}
