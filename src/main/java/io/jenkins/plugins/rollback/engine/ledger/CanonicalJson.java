package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON Canonicalization Scheme, RFC 8785: one value, one sequence of bytes, whoever writes it. Keys are ordered
 * by UTF-16 code units (which is what {@link String#compareTo} does), numbers are written as ECMAScript writes them,
 * nothing is escaped that need not be.
 *
 * <p>What cannot be written without changing its meaning is refused and named by its path: NaN and infinities,
 * integers that a double cannot hold, lone surrogates, nesting beyond {@value #MAX_DEPTH}.
 */
public final class CanonicalJson {

    /** Deeper than anything that a person would write; keeps a hostile value from exhausting the stack. */
    static final int MAX_DEPTH = 64;

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(256);

    private CanonicalJson() {}

    /**
     * The canonical bytes, in UTF-8.
     *
     * @param path how to name the value in an error, for example {@code data}
     * @throws InvalidEventException starting with the path of the part that has no canonical form
     */
    public static byte[] bytes(String path, JsonNode value) {
        return text(path, value).getBytes(StandardCharsets.UTF_8);
    }

    /** Like {@link #bytes}, as text. */
    public static String text(String path, JsonNode value) {
        CanonicalJson json = new CanonicalJson();
        json.write(path, value, 0);
        return json.out.toString();
    }

    /** A quoted and escaped string. */
    static String quoted(String path, String value) {
        CanonicalJson json = new CanonicalJson();
        json.string(path, value);
        return json.out.toString();
    }

    private void write(String path, JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidEventException(path + ": nested more than " + MAX_DEPTH + " deep");
        }
        switch (node.getNodeType()) {
            case OBJECT -> object(path, node, depth);
            case ARRAY -> array(path, node, depth);
            case STRING -> string(path, node.textValue());
            case NUMBER -> number(path, node);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            default -> throw new InvalidEventException(path + ": "
                    + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + " values have no form in JSON");
        }
    }

    private void object(String path, JsonNode node, int depth) {
        List<String> keys = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(keys::add);
        keys.sort(null);
        out.append('{');
        String separator = "";
        for (String key : keys) {
            out.append(separator);
            separator = ",";
            string(path, key);
            out.append(':');
            write(path + "." + key, node.get(key), depth + 1);
        }
        out.append('}');
    }

    private void array(String path, JsonNode node, int depth) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(path + "[" + i + "]", node.get(i), depth + 1);
        }
        out.append(']');
    }

    private void number(String path, JsonNode node) {
        if (node.isIntegralNumber()) {
            // above 2^53 most integers have no double: refuse rather than store a neighbour
            BigInteger value = node.bigIntegerValue();
            String written = CanonicalNumber.format(value.doubleValue());
            if (!value.toString().equals(written)) {
                throw new InvalidEventException(
                        path + ": integer " + value + " does not fit a JSON number exactly; give it as a string");
            }
            out.append(written);
            return;
        }
        double value = node.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new InvalidEventException(path + ": " + value + " has no form in JSON");
        }
        out.append(CanonicalNumber.format(value));
    }

    private void string(String path, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else if (Character.isSurrogate(c)) {
                        i = pair(path, value, i);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private int pair(String path, String value, int i) {
        if (!Character.isHighSurrogate(value.charAt(i))
                || i + 1 == value.length()
                || !Character.isLowSurrogate(value.charAt(i + 1))) {
            throw new InvalidEventException(path + ": holds half a surrogate pair, which UTF-8 cannot carry");
        }
        out.append(value, i, i + 2);
        return i + 1;
    }
}
