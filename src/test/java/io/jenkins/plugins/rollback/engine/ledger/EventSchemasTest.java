package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.Test;

/** Our schemas are schemas, and what we check of them is what a full validator checks. */
public class EventSchemasTest {

    private static final String PLACE = "classpath:io/jenkins/plugins/rollback/engine/ledger/schema/";
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<EventKind, JsonSchema> schemas = new EnumMap<>(EventKind.class);

    public EventSchemasTest() {
        for (EventKind kind : EventKind.values()) {
            schemas.put(kind, FACTORY.getSchema(SchemaLocation.of(PLACE + kind.wire() + ".json")));
        }
    }

    static JsonNode schema(String name) throws Exception {
        try (InputStream in = EventSchemas.class.getResourceAsStream("schema/" + name + ".json")) {
            return JSON.readTree(in);
        }
    }

    @Test
    public void everySchemaIsOne() throws Exception {
        JsonSchema meta = FACTORY.getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));
        assertThat(meta.validate(schema("entry"))).isEmpty();
        for (EventKind kind : EventKind.values()) {
            JsonNode schema = schema(kind.wire());
            assertThat(meta.validate(schema)).as(kind.wire()).isEmpty();
            assertThat(schema.path("title").asText()).isEqualTo(kind.wire());
            assertThat(schema.path("description").asText()).as(kind.wire()).endsWith(".");
        }
        assertThat(meta.validate(JSON.readTree("{\"type\": 7}"))).isNotEmpty(); // it does look
    }

    @Test
    public void agreesWithAFullValidatorOnWhateverMayBeAppended() {
        Random random = new Random(7);
        int refused = 0;
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            EventKind kind = EventKind.values()[i % EventKind.values().length];
            ObjectNode entry = entry(kind, random);
            boolean valid = schemas.get(kind).validate(entry).isEmpty();
            assertThat(isTaken(kind, entry)).as(entry.toString()).isEqualTo(valid);
            refused += valid ? 0 : 1;
            taken += valid ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(2_000);
        assertThat(taken).isGreaterThan(2_000);
    }

    private static boolean isTaken(EventKind kind, JsonNode entry) {
        try {
            EventSchemas.checkEntry(kind, entry);
            return true;
        } catch (InvalidEventException e) {
            assertThat(e.getMessage()).startsWith("entry").contains(": ");
            return false;
        }
    }

    /** Mostly right, now and then wrong somewhere. */
    private ObjectNode entry(EventKind kind, Random random) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("actor", "0".repeat(random.nextInt(40) == 0 ? 63 : 64));
        entry.put("kind", random.nextInt(40) == 0 ? "party" : kind.wire());
        entry.put("time", random.nextInt(40) == 0 ? "noon" : "2026-11-22T12:00:00.000Z");
        entry.put("v", random.nextInt(40) == 0 ? 2 : 1);
        if (random.nextBoolean()) {
            entry.put("service", random.nextInt(20) == 0 ? "a..b" : "checkout");
            entry.put("release", random.nextInt(20) == 0 ? "" : "1.4.2");
        }
        if (random.nextInt(40) == 0) {
            entry.put("extra", 1);
        }
        ObjectNode data = entry.putObject("data");
        JsonNode rules = schemas.get(kind).getSchemaNode().at("/properties/data/properties");
        List<String> keys = new ArrayList<>();
        rules.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            JsonNode rule = rules.get(key);
            if (random.nextInt(3) > 0) {
                data.set(key, random.nextInt(6) == 0 ? anything(random) : fitting(rule, random));
            }
        }
        data.put("further", "allowed");
        return entry;
    }

    private static JsonNode fitting(JsonNode rule, Random random) {
        String type =
                rule.has("$ref") ? rule.get("$ref").asText() : rule.path("type").asText();
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (rule.has("enum")) {
            return rule.get("enum").get(random.nextInt(rule.get("enum").size()));
        }
        return switch (type) {
            case "integer" -> random.nextBoolean() ? make.numberNode(random.nextInt(99)) : make.numberNode(3.0);
            case "boolean" -> make.booleanNode(true);
            case "object" -> make.objectNode();
            case "array" -> rule.at("/items/type").asText().equals("array")
                    ? make.arrayNode()
                    : make.arrayNode()
                            .add(make.objectNode()
                                    .put("name", "errors")
                                    .put("effect", random.nextInt(4) == 0 ? "no" : null));
            case "entry.json#/$defs/verdict" -> make.textNode("PASS");
            case "entry.json#/$defs/time" -> make.textNode("2026-11-22T12:00:00.123456Z");
            default -> make.textNode("dp-1");
        };
    }

    private static JsonNode anything(Random random) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return List.of(
                        make.numberNode(-1),
                        make.numberNode(1.5),
                        make.textNode(""),
                        make.textNode("x".repeat(300)),
                        make.nullNode(),
                        make.booleanNode(false),
                        make.arrayNode().add(1),
                        make.objectNode().put("a", 1))
                .get(random.nextInt(8));
    }

    @Test
    public void refusalsNameThePath() {
        refused(Event.of(EventKind.LEASE_RELEASED).with("lease", "seven"), "data.lease: expected an integer");
        refused(Event.of(EventKind.LEASE_RELEASED).with("lease", -1), "data.lease: expected at least 0");
        refused(
                Event.of(EventKind.LEASE_TAKEN).with("holder", "dp-1").with("purpose", "party"),
                "data.purpose: expected one of deployment");
        refused(Event.of(EventKind.DEPLOYMENT_FAILED).with("deployment", ""), "data.deployment: expected at least 1");
        refused(
                Event.of(EventKind.APPROVAL_ASKED).with("approval", "ap-1").with("until", "soon"),
                "data.until: expected a text of the form");
        refused(Event.of(EventKind.KEY_ROTATED), "data.previous: missing");
        JsonNode metrics = JsonNodeFactory.instance.arrayNode().addObject().put("name", "errors");
        refused(
                Event.of(EventKind.GATE_LOOK).with("gate", "gt-1").with("metrics", metrics),
                "data.metrics: expected an array");
        refused(
                Event.of(EventKind.GATE_LOOK)
                        .with("gate", "gt-1")
                        .with(
                                "metrics",
                                JsonNodeFactory.instance
                                        .arrayNode()
                                        .add(metrics)
                                        .add(7)),
                "data.metrics[1]: expected an object");
    }

    @Test
    public void whatAKindCannotDoWithoutIsRefusedWhenItIsMissing() throws Exception {
        try (MemoryLedger ledger = new MemoryLedger()) {
            for (EventKind kind : EventKind.values()) {
                JsonNode schema = schema(kind.wire());
                List<String> names = texts(schema.path("required"));
                List<String> keys = texts(schema.at("/properties/data/required"));
                // a person must be told also when nobody knows why
                assertThat(names.isEmpty() && keys.isEmpty()).as(kind.wire()).isEqualTo(kind == EventKind.ESCALATION);
                assertThat(Envelope.data(complete(kind, names, keys))).isNotEmpty();
                for (String name : names) {
                    List<String> others = new ArrayList<>(names);
                    others.remove(name);
                    refusedAndNotWritten(ledger, complete(kind, others, keys), name + ": missing");
                }
                for (String key : keys) {
                    List<String> others = new ArrayList<>(keys);
                    others.remove(key);
                    refusedAndNotWritten(ledger, complete(kind, names, others), "data." + key + ": missing");
                }
            }
        }
    }

    private static void refusedAndNotWritten(MemoryLedger ledger, Event event, String message) {
        refused(event, message);
        assertThatThrownBy(() -> ledger.append(event)).isInstanceOf(InvalidEventException.class);
        assertThat(ledger.size()).isZero();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private Event complete(EventKind kind, List<String> names, List<String> keys) {
        Event event = Event.of(kind);
        event.service(names.contains("service") ? "checkout" : null);
        event.environment(names.contains("environment") ? "production" : null);
        event.version(names.contains("release") ? "1.4.2" : null);
        for (String key : keys) {
            JsonNode rule = schemas.get(kind).getSchemaNode().at("/properties/data/properties/" + key);
            event.with(key, fitting(rule, new Random(1)));
        }
        return event;
    }

    private static void refused(Event event, String message) {
        assertThatThrownBy(() -> Envelope.data(event))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    public void unknownKeysAreAllowed() {
        Event event = Event.of(EventKind.LEASE_RELEASED).with("lease", 7).with("weather", "fair");
        assertThat(Envelope.data(event)).isEqualTo("{\"lease\":7,\"weather\":\"fair\"}");
    }

    @Test
    public void keywordThatIsNotCheckedIsRefused() throws Exception {
        JsonNode schema = JSON.readTree("{\"uniqueItems\": true}");
        assertThatThrownBy(() -> new SchemaRule(schema, ref -> ref)).hasMessageContaining("uniqueItems");
    }
}
