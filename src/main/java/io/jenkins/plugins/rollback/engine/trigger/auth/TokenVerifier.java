package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A secret in a header, for senders that sign nothing: {@code Authorization: Bearer <token>}, or the token alone in a header
 * of its own. Proves less than a signature: who reads one delivery can send another. Compared in constant time, by hash, so
 * that not even the token's length shows.
 */
final class TokenVerifier implements DeliveryVerifier {

    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 1024;

    private final String header;
    private final boolean bearer;
    private final Clock clock;

    private TokenVerifier(String header, boolean bearer, Clock clock) {
        this.header = header;
        this.bearer = bearer;
        this.clock = clock;
    }

    static TokenVerifier bearer(Clock clock) {
        return new TokenVerifier("Authorization", true, clock);
    }

    static TokenVerifier in(String header, Clock clock) {
        return new TokenVerifier(header, false, clock);
    }

    @Override
    public Map<String, String> prove(byte[] body, byte[] secret, long time) {
        return Map.of(header, (bearer ? SCHEME : "") + new String(secret, StandardCharsets.UTF_8));
    }

    @Override
    public Signed verify(UnaryOperator<String> headers, byte[] body, Collection<byte[]> secrets)
            throws WebhookRefusedException {
        String value = headers.apply(header);
        if (value == null || value.isBlank()) {
            throw new WebhookRefusedException(Why.MISSING, "the header " + header + " is missing");
        }
        if (value.length() > LONGEST || bearer && !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new WebhookRefusedException(
                    Why.MALFORMED, "the header " + header + " is no " + (bearer ? "bearer " : "") + "token");
        }
        String token = (bearer ? value.substring(SCHEME.length()) : value).strip();
        byte[] sent = hash(token.getBytes(StandardCharsets.UTF_8));
        boolean right = false;
        for (byte[] secret : secrets) {
            boolean usable = secret.length > 0;
            if (MessageDigest.isEqual(sent, hash(secret)) & usable) {
                right = true; // the others are compared all the same
            }
        }
        if (!right) {
            throw new WebhookRefusedException(Why.WRONG, "the token in the header " + header + " is not valid");
        }
        return new Signed(Sha256.of(body).substring(0, 32), clock.instant().getEpochSecond());
    }

    private static byte[] hash(byte[] secret) {
        return Sha256.of(secret).getBytes(StandardCharsets.US_ASCII);
    }
}
