package io.jenkins.plugins.rollback.engine.trigger;

import io.jenkins.plugins.rollback.engine.trigger.WebhookRefusedException.Why;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks that a delivery comes from somebody who knows the endpoint's secret, is fresh and was not seen before.
 *
 * <p>The sender signs {@code <epoch seconds>.<body>} with HMAC-SHA256 and sends it in the header
 * {@value #HEADER} as {@code t=<epoch seconds>,v1=<hex>}. The body is taken byte for byte, before any parsing. In a
 * shell:
 *
 * <pre>{@code
 * t=$(date +%s)
 * v1=$(printf '%s.%s' "$t" "$body" | openssl dgst -sha256 -hmac "$secret" -hex | sed 's/.* //')
 * curl -H "X-Rollback-Signature: t=$t,v1=$v1" -H 'Content-Type: application/json' --data-binary "$body" "$url"
 * }</pre>
 *
 * <p>Thread safe. One instance serves one endpoint.
 */
public final class WebhookVerifier {

    /** Name of the header that carries the signature. */
    public static final String HEADER = "X-Rollback-Signature";

    /** How far a timestamp may be from now, in either direction. */
    public static final Duration WINDOW = Duration.ofSeconds(300);

    /** How many deliveries are remembered at the most: well above 500 a second over a whole window. */
    static final int MOST_REMEMBERED = 400_000;

    private final Clock clock;
    private final long windowSeconds;
    private final ReplayMemory memory;

    /** Where an endpoint has no secret, as much work is done with this one: time tells nobody which endpoints exist. */
    private final byte[] nobodysSecret = new byte[32];

    /** With the default {@link #WINDOW}. */
    public WebhookVerifier(Clock clock) {
        this(clock, WINDOW);
    }

    /** @param window how far a timestamp may be from now; whole seconds, positive */
    public WebhookVerifier(Clock clock, Duration window) {
        this(clock, window, MOST_REMEMBERED);
    }

    WebhookVerifier(Clock clock, Duration window, int mostRemembered) {
        if (window.toSeconds() <= 0) {
            throw new IllegalArgumentException("replay window must be at least a second, not " + window);
        }
        this.clock = clock;
        this.windowSeconds = window.toSeconds();
        this.memory = new ReplayMemory(mostRemembered);
        new SecureRandom().nextBytes(nobodysSecret);
    }

    /**
     * A delivery that may be trusted.
     *
     * @param id stands for this very delivery, in the ledger too: 32 hexadecimal digits of its signature
     * @param timestamp epoch seconds that the sender signed
     */
    public record Signed(String id, long timestamp) {}

    /**
     * Checks a delivery and remembers it.
     *
     * @param header value of {@link #HEADER}, or {@code null} when there is none
     * @param body exactly the bytes that came
     * @param secrets every secret that is valid now, two while the sender changes over; none for an endpoint that does
     *     not exist; an empty secret never matches
     * @throws WebhookRefusedException when it is not to be trusted
     */
    public Signed verify(String header, byte[] body, Collection<byte[]> secrets) throws WebhookRefusedException {
        SignatureHeader signature = SignatureHeader.parse(header);
        byte[] found = null;
        // every secret is tried against every signature, whatever matched before: the time says nothing
        for (byte[] secret : secrets.isEmpty() ? java.util.List.of(nobodysSecret) : secrets) {
            boolean usable = secret.length > 0;
            byte[] expected = mac(usable ? secret : nobodysSecret, signature.timestamp(), body);
            for (byte[] candidate : signature.signatures()) {
                if (MessageDigest.isEqual(expected, candidate) & usable) {
                    found = expected;
                }
            }
        }
        if (found == null) {
            throw new WebhookRefusedException(Why.WRONG, "the signature is not that of this body by a valid secret");
        }
        long now = clock.instant().getEpochSecond();
        if (Math.abs(now - signature.timestamp()) > windowSeconds) {
            throw new WebhookRefusedException(
                    Why.STALE,
                    "signed at " + signature.timestamp() + ", which is more than " + windowSeconds + " s from now ("
                            + now + "); is the sender's clock right?");
        }
        memory.remember(found, signature.timestamp(), now - windowSeconds);
        return new Signed(HexFormat.of().formatHex(found, 0, 16), signature.timestamp());
    }

    /**
     * The header's value for a body: what a sender computes.
     *
     * @param timestamp epoch seconds
     */
    public static String sign(byte[] secret, long timestamp, byte[] body) {
        return "t=" + timestamp + ",v1=" + HexFormat.of().formatHex(mac(secret, timestamp, body));
    }

    private static byte[] mac(byte[] secret, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every Java", e);
        }
    }
}
