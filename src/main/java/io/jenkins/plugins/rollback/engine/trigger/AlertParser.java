package io.jenkins.plugins.rollback.engine.trigger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.rollback.engine.model.InvalidNameException;
import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads generic JSON:
 *
 * <pre>{@code
 * {"service": "checkout", "environment": "production", "severity": "critical", "dedupe": "errors-4711",
 *  "state": "firing", "summary": "5 % of requests fail"}
 * }</pre>
 *
 * <p>{@code service}, {@code environment} and {@code state} are required. {@code severity} and {@code dedupe} are text;
 * without {@code dedupe} all alerts about the same service, environment and severity are one incident. Other fields are
 * ignored. What is too large, too deep or ambiguous is refused before anything is made of it.
 */
public final class AlertParser {

    /** Bytes of a body at the most; a door should stop reading there. */
    public static final int MOST_BYTES = 65_536;

    private static final int DEEPEST = 16;
    private static final int LONGEST_KEY = 256;
    private static final int LONGEST_SUMMARY = 4_096;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(64)
                            .maxStringLength(MOST_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws AlertException naming the field that is wrong */
    public Alert parse(byte[] body) throws AlertException {
        JsonNode root = read(body);
        Target target = new Target(name(root, "service"), name(root, "environment"));
        String severity = text(root, "severity", LONGEST_KEY, "unspecified");
        Alert.State state = state(root);
        String dedupe =
                text(root, "dedupe", LONGEST_KEY, target.service() + "/" + target.environment() + "/" + severity);
        return new Alert(target, severity, dedupe, state, text(root, "summary", LONGEST_SUMMARY, ""));
    }

    private JsonNode read(byte[] body) throws AlertException {
        if (body.length > MOST_BYTES) {
            throw new AlertException("body", "larger than " + MOST_BYTES + " bytes");
        }
        JsonNode root;
        try {
            // strictly UTF-8: a parser that guesses UTF-16 reads another text than the one who looked at the log
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            root = json.readTree(text);
        } catch (CharacterCodingException e) {
            throw new AlertException("body", "not UTF-8");
        } catch (JsonProcessingException e) {
            throw new AlertException("body", "not the JSON that is wanted: " + firstLine(e.getOriginalMessage()));
        }
        if (!root.isObject()) {
            throw new AlertException("body", "expected a JSON object");
        }
        return root;
    }

    private static String name(JsonNode root, String field) throws AlertException {
        try {
            return Names.require(field, text(root, field, Integer.MAX_VALUE, null));
        } catch (InvalidNameException e) {
            throw new AlertException(field, e.getMessage());
        }
    }

    private static Alert.State state(JsonNode root) throws AlertException {
        String state = text(root, "state", Integer.MAX_VALUE, null);
        return switch (state == null ? "" : state) {
            case "firing" -> Alert.State.FIRING;
            case "resolved" -> Alert.State.RESOLVED;
            default -> throw new AlertException(
                    "state",
                    "expected firing or resolved, found " + (state == null ? "nothing" : "'" + clip(state) + "'"));
        };
    }

    /** A text field without control characters; {@code missing} when it is absent or null. */
    private static String text(JsonNode root, String field, int longest, String missing) throws AlertException {
        JsonNode node = root.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return missing;
        }
        if (!node.isTextual()) {
            throw new AlertException(
                    field, "expected text, found " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
        }
        String text = node.textValue();
        if (text.length() > longest) {
            throw new AlertException(field, "longer than " + longest + " characters");
        }
        // names keep theirs, so that the name rule can refuse them
        return longest == Integer.MAX_VALUE
                ? text
                : text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    private static String clip(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }

    private static String firstLine(String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return line.length() > 160 ? line.substring(0, 160) + "..." : line.replaceAll("\\p{Cntrl}", "?");
    }
}
