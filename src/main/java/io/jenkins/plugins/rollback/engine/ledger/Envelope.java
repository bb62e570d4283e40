package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;

/**
 * The bytes of an entry: a strict envelope around open {@code data}, in canonical JSON. The index is not in it: the
 * place in the tree says it, and saying it twice would allow the two to differ.
 */
final class Envelope {

    /** Written as {@code v}. Raised when a reader of the older form would misunderstand the newer one. */
    static final int VERSION = 1;

    /** What the two length bytes of a C2SP entry bundle can say. */
    static final int MAX_BYTES = 65_535;

    /** What would say something about the ledger itself that is not so, if anybody could append it. */
    private static final Set<EventKind> RESERVED =
            Set.of(EventKind.KEY_ROTATED, EventKind.EPOCH_STARTED, EventKind.RETENTION_SWEPT);

    /** A text this long takes at most three times as many bytes, and all the rest takes less than 1,000. */
    private static final int SURELY_FITS = (MAX_BYTES - 1_000) / 3;

    private static final Set<String> KEYS =
            Set.of("actor", "behind", "data", "environment", "kind", "reason", "release", "service", "time", "v");
    private static final byte[] BEHIND = ",\"behind\":".getBytes(StandardCharsets.UTF_8);
    private static final int BEHIND_AT = "{\"actor\":\"\"".length() + 64;
    private static final String TIME_FORM = "2026-01-31T23:59:59.999Z";
    private static final String UNKNOWN = "0".repeat(64);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Envelope() {}

    /** @throws InvalidEventException when nobody but the ledger itself may append an event of this kind */
    static void refuseReserved(Event event) {
        if (isReserved(event.kind())) {
            throw new InvalidEventException("kind: " + event.kind().wire() + " is written by the ledger alone");
        }
    }

    /** Whether entries of this kind say something about the ledger itself, which it alone may say. */
    static boolean isReserved(EventKind kind) {
        return RESERVED.contains(kind);
    }

    /**
     * The canonical text of an event's data, which its kind's schema allows.
     *
     * @throws InvalidEventException naming the first field that breaks the rules, size included
     */
    static String data(Event event) {
        check(event);
        EventSchemas.checkNames(event);
        EventSchemas.checkData(event.kind(), event.data());
        String data = CanonicalJson.text("data", event.data());
        if (data.length() > SURELY_FITS) {
            encode(event, data, Instant.EPOCH, 0, UNKNOWN, event.reason() == null ? null : UNKNOWN);
        }
        return data;
    }

    /** @throws InvalidEventException naming the first name that is none */
    static void check(Event event) {
        name("service", event.service());
        name("environment", event.environment());
        name("release", event.version());
    }

    private static void name(String field, String value) {
        if (value != null) {
            try {
                Names.require(field, value);
            } catch (InvalidNameException e) {
                throw new InvalidEventException(e.getMessage());
            }
        }
    }

    /**
     * The entry's bytes.
     *
     * @param event checked
     * @param data canonical text of the event's data
     * @param behind milliseconds that {@code time} lies before the latest time of an earlier entry, 0 for the usual case
     * @param reason commitment, or {@code null}
     * @throws InvalidEventException when it is too large
     */
    static byte[] encode(Event event, String data, Instant time, long behind, String actor, String reason) {
        StringBuilder json = new StringBuilder(256 + data.length());
        json.append("{\"actor\":\"").append(actor).append('"');
        if (behind > 0) {
            json.append(",\"behind\":").append(CanonicalNumber.format(behind));
        }
        json.append(",\"data\":").append(data);
        // names, commitments and wire names hold no character that JSON escapes
        optional(json, "environment", event.environment());
        optional(json, "kind", event.kind().wire());
        optional(json, "reason", reason);
        optional(json, "release", event.version());
        optional(json, "service", event.service());
        optional(json, "time", TIME.format(time));
        json.append(",\"v\":").append(VERSION).append('}');
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new InvalidEventException("data: the entry would have " + bytes.length + " bytes, at most "
                    + MAX_BYTES + " are possible; keep large content in the vault and record its hash");
        }
        return bytes;
    }

    private static void optional(StringBuilder json, String key, String value) {
        if (value != null) {
            json.append(",\"").append(key).append("\":\"").append(value).append('"');
        }
    }

    /**
     * Reads an entry back.
     *
     * @throws InvalidEventException starting with the field that is wrong
     */
    static Entry decode(long index, byte[] bytes) {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new InvalidEventException("entry: not JSON: " + EventJson.firstLine(e));
        }
        if (!(root instanceof ObjectNode json)) {
            throw new InvalidEventException("entry: not a JSON object");
        }
        for (Iterator<String> keys = json.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!KEYS.contains(key)) {
                throw new InvalidEventException(key + ": not a field of an entry");
            }
        }
        if (json.path("v").asInt() != VERSION) {
            throw new InvalidEventException("v: " + json.path("v") + " is not " + VERSION);
        }
        if (!(json.get("data") instanceof ObjectNode data)) {
            throw new InvalidEventException("data: not a JSON object");
        }
        String wire = text(json, "kind", true);
        EventKind kind = EventKind.ofWire(wire)
                .orElseThrow(() -> new InvalidEventException("kind: '" + wire + "' is not known to this version"));
        String service = text(json, "service", false);
        String environment = text(json, "environment", false);
        String version = text(json, "release", false);
        name("service", service);
        name("environment", environment);
        name("release", version);
        return new Entry(
                index,
                time(text(json, "time", true)),
                kind,
                service,
                environment,
                version,
                commitment("actor", text(json, "actor", true)),
                commitment("reason", text(json, "reason", false)),
                data);
    }

    /** The {@code behind} of an entry's bytes, 0 when absent. */
    static long behind(byte[] bytes) {
        // the canonical order of the keys gives it one possible place, so there is no need to parse all of it again
        if (!Arrays.equals(
                bytes, BEHIND_AT, Math.min(bytes.length, BEHIND_AT + BEHIND.length), BEHIND, 0, BEHIND.length)) {
            return 0;
        }
        long value = 0;
        for (int at = BEHIND_AT + BEHIND.length; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            value = value * 10 + bytes[at] - '0';
        }
        return value;
    }

    /** Whether the bytes are the canonical form of themselves. */
    static boolean isCanonical(byte[] bytes) {
        try {
            return Arrays.equals(bytes, CanonicalJson.bytes("entry", JSON.readTree(bytes)));
        } catch (IOException | InvalidEventException e) {
            return false;
        }
    }

    private static String text(ObjectNode json, String key, boolean required) {
        JsonNode value = json.get(key);
        if (value == null && !required) {
            return null;
        }
        if (value == null || !value.isTextual()) {
            throw new InvalidEventException(key + (value == null ? ": missing" : ": not a string"));
        }
        return value.textValue();
    }

    private static String commitment(String key, String value) {
        boolean good = value == null || value.length() == 64;
        for (int i = 0; good && value != null && i < value.length(); i++) {
            char c = value.charAt(i);
            good = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
        }
        if (!good) {
            throw new InvalidEventException(key + ": not a commitment");
        }
        return value;
    }

    private static Instant time(String text) {
        try {
            if (TIME_FORM.length() == text.length()) {
                // by hand: a formatter takes longer than all the rest of an entry, and there may be a million
                Instant time = LocalDateTime.of(
                                digits(text, 0, 4),
                                digits(text, 5, 7),
                                digits(text, 8, 10),
                                digits(text, 11, 13),
                                digits(text, 14, 16),
                                digits(text, 17, 19),
                                digits(text, 20, 23) * 1_000_000)
                        .toInstant(ZoneOffset.UTC);
                if (punctuation(text).equals("--T::.Z")) {
                    return time;
                }
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw new InvalidEventException("time: '" + text + "' is no time");
        }
        throw new InvalidEventException("time: '" + text + "' is not of the form " + TIME_FORM);
    }

    private static String punctuation(String text) {
        return new String(new char[] {
            text.charAt(4),
            text.charAt(7),
            text.charAt(10),
            text.charAt(13),
            text.charAt(16),
            text.charAt(19),
            text.charAt(23)
        });
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("no digit");
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
