package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Takes values out of a body; a value of the wrong kind is an {@link AlertException} that names its path. */
final class Fields {

    /** Seconds of the year 2100; numbers above are milliseconds. */
    private static final long SECONDS_END = 4_102_444_800L;

    /** ISO 8601, also with an offset without a colon, as CloudWatch writes it: {@code 2019-11-22T15:43:51.730+0000}. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "+0000")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Fields() {}

    /** The node at {@code a.b.c}; a missing node when there is none. */
    static JsonNode at(JsonNode root, String path) {
        JsonNode node = root;
        for (String key : path.split("\\.")) {
            node = node.path(key);
        }
        return node;
    }

    /** Text, or {@code null} when it is absent, null or empty. */
    static String text(JsonNode root, String path) throws AlertException {
        JsonNode node = at(root, path);
        if (isNothing(node)) {
            return null;
        }
        if (!node.isTextual()) {
            throw new AlertException(path, "expected text, found " + kind(node));
        }
        return node.textValue().isEmpty() ? null : node.textValue();
    }

    /** Text or a number as text, or {@code null}: ids that some senders write without quotes. */
    static String id(JsonNode root, String path) throws AlertException {
        JsonNode node = at(root, path);
        return node.isIntegralNumber() ? node.asText() : text(root, path);
    }

    /** Text that must be there. */
    static String required(JsonNode root, String path) throws AlertException {
        String text = id(root, path);
        if (text == null) {
            throw new AlertException(path, "is missing");
        }
        return text;
    }

    /** An object, or a missing node when it is absent or null. */
    static JsonNode object(JsonNode root, String path) throws AlertException {
        JsonNode node = at(root, path);
        if (!isNothing(node) && !node.isObject()) {
            throw new AlertException(path, "expected an object, found " + kind(node));
        }
        return node;
    }

    /** An array that must be there. */
    static JsonNode array(JsonNode root, String path) throws AlertException {
        JsonNode node = at(root, path);
        if (!node.isArray()) {
            throw new AlertException(path, "expected an array, found " + kind(node));
        }
        return node;
    }

    /**
     * A time: ISO 8601 with an offset, or a number of seconds or milliseconds since 1970, also as text.
     *
     * @return {@code null} when it is absent, or year 1, which programs in Go write for "not yet"
     */
    static Instant time(JsonNode root, String path) throws AlertException {
        String text = id(root, path);
        if (text == null || text.startsWith("0001-")) {
            return null;
        }
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                long number = Long.parseLong(text);
                return number < SECONDS_END ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
            }
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            throw new AlertException(path, "expected a time, found '" + clip(text) + "'");
        }
    }

    /** A time that must be there. */
    static Instant requiredTime(JsonNode root, String path) throws AlertException {
        Instant time = time(root, path);
        if (time == null) {
            throw new AlertException(path, "is missing");
        }
        return time;
    }

    /** The first that is not {@code null}, or {@code null}. */
    @SafeVarargs
    static <T> T first(T... values) {
        for (T value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    static boolean isNothing(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static String kind(JsonNode node) {
        return isNothing(node) ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    /** As much of the sender's text as a message may quote. */
    static String clip(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
