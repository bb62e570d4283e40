package io.jenkins.plugins.rollback.engine.trigger.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes what may be shown of a body. The values of keys that sound like secrets are masked, and the endpoint's own secrets
 * wherever they stand. The body is read token by token: as far as it is JSON it is shown, laid out anew, and no further; what
 * is no JSON is not shown at all, as nothing in it can be told from a secret.
 */
public final class BodyMask {

    /** Characters that are shown of a body at the most. */
    public static final int MOST = 4_096;

    private static final String MASKED = "****";
    private static final int LONGEST_VALUE = 1_024;
    private static final int DEEPEST = 32;

    private static final Pattern SECRET_KEY =
            Pattern.compile(".*(secret|token|passw|passphrase|pwd|authori[sz]ation|cookie"
                    + "|credential|signature|session|bearer|api-?_?key|access-?_?key|private-?_?key|client-?_?key).*");

    /** {@code Bearer x}, {@code https://user:x@host}, {@code ?token=x}: a secret within a text. A port is none. */
    private static final Pattern IN_TEXT =
            Pattern.compile("(?i)((?:bearer|basic)\\s+|://[^/\\s:@]{1,100}:(?=[^\\s@]{1,300}@)"
                    + "|(?:^|[?&;\\s])(?:[a-z_-]{0,20}(?:token|secret|password|signature|key)|sig|code)=)[^\\s&@\"']+");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(64)
                    .build())
            .build();

    private BodyMask() {}

    /**
     * What may be shown; empty when it is no JSON.
     *
     * @param body as it came
     * @param secrets that must not be shown whatever key they stand under; empty and very short ones are left out, as
     *     they would mask half of the text
     */
    public static String of(byte[] body, List<String> secrets) {
        return of(new String(body, StandardCharsets.UTF_8), secrets, true);
    }

    /** Whether a header or a field of this name holds what nobody should read. */
    public static boolean isSecret(String name) {
        return SECRET_KEY.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private static String of(String body, List<String> secrets, boolean outermost) {
        StringWriter shown = new StringWriter();
        String end = "";
        try (JsonParser in = JSON.createParser(body);
                JsonGenerator out = JSON.createGenerator(shown)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            if (outermost) {
                DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
                lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
                lines.indentObjectsWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
                out.setPrettyPrinter(lines);
            }
            copy(in, out, shown, secrets, outermost);
        } catch (IOException e) {
            end = " ..."; // broken off, here or by us
        }
        String text = shown.toString();
        if (text.isEmpty()) {
            return "";
        }
        return text.length() > MOST ? text.substring(0, MOST) + " ..." : text + end;
    }

    private static void copy(
            JsonParser in, JsonGenerator out, StringWriter shown, List<String> secrets, boolean outermost)
            throws IOException {
        int within = 0; // how deep below a key that sounds like a secret: everything there is one
        boolean first = true;
        for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
            if (first && !token.isStructStart()) {
                throw new IOException("no JSON that anybody sends");
            }
            first = false;
            String key = in.currentName();
            boolean secret = within > 0 || token != JsonToken.FIELD_NAME && key != null && isSecret(key);
            if (token.isStructStart() && secret) {
                within++;
            } else if (token.isStructEnd() && within > 0) {
                within--;
            }
            if (token == JsonToken.FIELD_NAME) {
                out.writeFieldName(plain(key, secrets));
            } else if (token.isScalarValue() && secret) {
                out.writeString(MASKED);
            } else if (token == JsonToken.VALUE_STRING) {
                out.writeString(text(in.getText(), secrets, outermost));
            } else if (token.isNumeric()) {
                out.writeNumber(in.getText()); // as it was written, not as a double
            } else {
                out.copyCurrentEvent(in);
            }
            out.flush();
            if (shown.getBuffer().length() > MOST) {
                throw new IOException("enough");
            }
        }
    }

    private static String text(String value, List<String> secrets, boolean outermost) {
        // SNS and others send JSON as a text within JSON
        String told = value.strip();
        boolean nested = outermost && (told.startsWith("{") || told.startsWith("["));
        String masked = nested ? of(told, secrets, false) : plain(value, secrets);
        return masked.length() > LONGEST_VALUE ? masked.substring(0, LONGEST_VALUE) + "..." : masked;
    }

    private static String plain(String value, List<String> secrets) {
        String masked = value;
        for (String secret : secrets) {
            if (secret.length() >= 4) {
                masked = masked.replace(secret, MASKED);
            }
        }
        return IN_TEXT.matcher(masked).replaceAll("$1" + MASKED);
    }
}
