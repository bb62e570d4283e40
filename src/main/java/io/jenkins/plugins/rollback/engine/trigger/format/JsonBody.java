package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads JSON strictly: what is too large, too deep or ambiguous is refused before anything is made of it. */
public final class JsonBody {

    /**
     * Bytes of a body at the most; a door should stop reading there. What SNS sends at the most, and room for an event of
     * Sentry with its stack trace.
     */
    public static final int MOST_BYTES = 262_144;

    private static final int DEEPEST = 32;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
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

    private JsonBody() {}

    /**
     * A JSON object.
     *
     * @throws AlertException when it is none, is larger than {@link #MOST_BYTES}, not UTF-8, nested too deep, or has a key
     *     twice
     */
    public static JsonNode read(byte[] body) throws AlertException {
        if (body.length > MOST_BYTES) {
            throw new AlertException("body", "larger than " + MOST_BYTES + " bytes");
        }
        try {
            // strictly UTF-8: a parser that guesses UTF-16 reads another text than the one who looked at the log
            return read(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new AlertException("body", "not UTF-8");
        }
    }

    /** A JSON object that is the text of a field, with the same limits. */
    static JsonNode read(String field, String text) throws AlertException {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AlertException(field, "not the JSON that is wanted: " + firstLine(e.getOriginalMessage()));
        }
        if (!root.isObject()) {
            throw new AlertException(field, "expected a JSON object");
        }
        return root;
    }

    private static String firstLine(String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return (line.length() > 160 ? line.substring(0, 160) + "..." : line).replaceAll("\\p{Cntrl}", "?");
    }
}
