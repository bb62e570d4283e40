package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands in the signature header.
 *
 * @param timestamp epoch seconds, as the sender signed them
 * @param signatures HMAC-SHA256 values, 32 bytes each; several while the sender changes its secret
 */
record SignatureHeader(long timestamp, List<byte[]> signatures) {

    private static final int LONGEST = 1024;
    private static final int MOST_SIGNATURES = 8;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    /** Elements of versions that are not known here are skipped, so that a sender may add a better one first. */
    static SignatureHeader parse(String header) throws WebhookRefusedException {
        if (header == null || header.isBlank()) {
            throw new WebhookRefusedException(Why.MISSING, "the header " + WebhookVerifier.HEADER + " is missing");
        }
        if (header.length() > LONGEST) {
            throw malformed("longer than " + LONGEST + " characters");
        }
        Long timestamp = null;
        List<byte[]> signatures = new ArrayList<>();
        for (String element : header.split(",", -1)) {
            int equals = element.indexOf('=');
            if (equals < 0) {
                throw malformed("an element without '='");
            }
            String key = element.substring(0, equals).strip();
            String value = element.substring(equals + 1).strip();
            if (key.equals("t")) {
                if (timestamp != null || !SECONDS.matcher(value).matches()) {
                    throw malformed("t is not one number of epoch seconds");
                }
                timestamp = Long.parseLong(value);
            } else if (key.equals("v1")) {
                if (signatures.size() == MOST_SIGNATURES || !HEX.matcher(value).matches()) {
                    throw malformed("v1 is not 64 hexadecimal digits, at most " + MOST_SIGNATURES + " times");
                }
                signatures.add(HexFormat.of().parseHex(value));
            }
        }
        if (timestamp == null || signatures.isEmpty()) {
            throw malformed("t or v1 is missing");
        }
        return new SignatureHeader(timestamp, signatures);
    }

    /** A signature alone: 64 hexadecimal digits, or {@code null} when it is none. */
    static byte[] hex(String value) {
        return HEX.matcher(value).matches() ? HexFormat.of().parseHex(value) : null;
    }

    /** Whether these are epoch seconds. */
    static boolean isTime(String value) {
        return SECONDS.matcher(value).matches();
    }

    private static WebhookRefusedException malformed(String what) {
        return new WebhookRefusedException(
                Why.MALFORMED,
                "the header " + WebhookVerifier.HEADER + " is malformed (" + what
                        + "); expected t=<epoch seconds>,v1=<hex>");
    }
}
