package io.jenkins.plugins.rollback.engine.metrics.vendor;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of everything but RFC 3986's unreserved characters, in UTF-8. */
final class Percent {

    private static final String UNRESERVED = "-._~";

    private Percent() {}

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
