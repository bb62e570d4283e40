package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Salted commitments to personal data: HMAC-SHA256 with the salt as its key, in lower-case hexadecimal. */
final class Commitments {

    /** Bytes of a salt: without it nobody can try names against a commitment. */
    static final int SALT = 32;

    private Commitments() {}

    static String of(byte[] salt, String clear) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(clear.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
