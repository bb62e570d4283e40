package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One JSON Schema (draft 2020-12), compiled to what an append can afford: the keywords that our schemas use and no
 * others. A schema with any other keyword is refused when it is compiled, so none is silently not checked; a test
 * compares the outcome with that of a full validator.
 */
final class SchemaRule {

    /** Keywords that say something to people, or where to find the rest, and allow everything. */
    private static final Set<String> SILENT = Set.of("$schema", "title", "description", "$defs");

    private final List<SchemaRule> all = new ArrayList<>();
    private final Map<String, SchemaRule> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();
    private List<String> types = List.of();
    private List<JsonNode> values = List.of();
    private boolean closed;
    private SchemaRule items;
    private Pattern pattern;
    private double minimum = Double.NEGATIVE_INFINITY;
    private int minLength;
    private int maxLength = Integer.MAX_VALUE;

    /**
     * @param find gives the schema that a {@code $ref} names
     * @throws IllegalArgumentException when the schema uses a keyword that this class does not know
     */
    SchemaRule(JsonNode schema, UnaryOperator<JsonNode> find) {
        for (Iterator<Map.Entry<String, JsonNode>> it = schema.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> keyword = it.next();
            JsonNode value = keyword.getValue();
            switch (keyword.getKey()) {
                case "$ref" -> all.add(new SchemaRule(find.apply(value), find));
                case "type" -> types = value.isArray() ? strings(value) : List.of(value.textValue());
                case "enum" -> values = list(value);
                case "const" -> values = List.of(value);
                case "required" -> required.addAll(strings(value));
                case "additionalProperties" -> closed = !value.asBoolean(true);
                case "properties" -> value.fields()
                        .forEachRemaining(property ->
                                properties.put(property.getKey(), new SchemaRule(property.getValue(), find)));
                case "items" -> items = new SchemaRule(value, find);
                case "pattern" -> pattern = Pattern.compile(value.textValue());
                case "minimum" -> minimum = value.doubleValue();
                case "minLength" -> minLength = value.intValue();
                case "maxLength" -> maxLength = value.intValue();
                default -> {
                    if (!SILENT.contains(keyword.getKey())) {
                        throw new IllegalArgumentException("keyword " + keyword.getKey() + " is not checked");
                    }
                }
            }
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }

    private static List<String> strings(JsonNode array) {
        return list(array).stream().map(JsonNode::textValue).toList();
    }

    /** The properties that may not be missing; those that a schema it refers to requires are not among them. */
    List<String> required() {
        return List.copyOf(required);
    }

    /** The rule of a property, or {@code null}. */
    SchemaRule property(String name) {
        return properties.get(name);
    }

    /** @throws InvalidEventException starting with the path of the first value that breaks the rule */
    void check(String path, JsonNode value) {
        for (SchemaRule rule : all) {
            rule.check(path, value);
        }
        if (!types.isEmpty() && types.stream().noneMatch(type -> isA(type, value))) {
            throw new InvalidEventException(path + ": expected "
                    + types.stream().map(SchemaRule::article).collect(Collectors.joining(" or ")));
        }
        if (!values.isEmpty() && !values.contains(value)) {
            String known = values.stream().map(JsonNode::asText).collect(Collectors.joining(", "));
            throw new InvalidEventException(path + ": expected " + (values.size() > 1 ? "one of " : "") + known);
        }
        if (value.isObject()) {
            object(path, value);
        } else if (value.isArray() && items != null) {
            for (int i = 0; i < value.size(); i++) {
                items.check(path + "[" + i + "]", value.get(i));
            }
        } else if (value.isTextual()) {
            text(path, value.textValue());
        } else if (value.isNumber() && value.doubleValue() < minimum) {
            throw new InvalidEventException(path + ": expected at least " + CanonicalNumber.format(minimum));
        }
    }

    private void object(String path, JsonNode value) {
        for (String name : required) {
            if (!value.has(name)) {
                throw new InvalidEventException(path + "." + name + ": missing");
            }
        }
        // the schema's names are few; what a stranger wrote may have many
        for (Map.Entry<String, SchemaRule> property : properties.entrySet()) {
            JsonNode found = value.get(property.getKey());
            if (found != null) {
                property.getValue().check(path + "." + property.getKey(), found);
            }
        }
        if (closed) {
            value.fieldNames().forEachRemaining(name -> {
                if (!properties.containsKey(name)) {
                    throw new InvalidEventException(path + "." + name + ": not a field of it");
                }
            });
        }
    }

    private void text(String path, String text) {
        int length = text.codePointCount(0, text.length());
        if (length < minLength || length > maxLength) {
            throw new InvalidEventException(path + ": expected "
                    + (length < minLength ? "at least " + minLength : "at most " + maxLength) + " characters");
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            throw new InvalidEventException(path + ": expected a text of the form " + pattern);
        }
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            case "number" -> value.isNumber();
                // by JSON Schema 1.0 is an integer, and canonical JSON writes it as one
            case "integer" -> value.isIntegralNumber()
                    || value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
            default -> throw new IllegalArgumentException("type " + type + " is not known");
        };
    }

    private static String article(String type) {
        return switch (type) {
            case "integer", "object", "array" -> "an " + type;
            case "null" -> "null";
            default -> "a " + type;
        };
    }
}
