package io.jenkins.plugins.rollback.engine.trigger.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 of a body, byte for byte as it came. */
final class Hmac {

    private Hmac() {}

    /**
     * The 32 bytes.
     *
     * @param secret not empty
     * @param prefix what is signed before the body, ASCII; may be empty
     */
    static byte[] of(byte[] secret, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every Java", e);
        }
    }
}
