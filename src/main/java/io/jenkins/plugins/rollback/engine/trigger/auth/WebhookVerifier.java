package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
public final class WebhookVerifier implements DeliveryVerifier {

    /** Name of the header that carries the signature. */
    public static final String HEADER = "X-Rollback-Signature";

    /** How far a timestamp may be from now, in either direction. */
    public static final Duration WINDOW = Duration.ofSeconds(300);

    /** How many deliveries are remembered at the most: well above 500 a second over a whole window. */
    static final int MOST_REMEMBERED = 400_000;

    private final Clock clock;
    private final long windowSeconds;
    private final ReplayMemory memory;
    private final String separator;

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
        this(clock, window, mostRemembered, ".");
    }

    /** @param separator what the sender signs between the time and the body */
    WebhookVerifier(Clock clock, Duration window, int mostRemembered, String separator) {
        if (window.toSeconds() <= 0) {
            throw new IllegalArgumentException("replay window must be at least a second, not " + window);
        }
        this.clock = clock;
        this.separator = separator;
        this.windowSeconds = window.toSeconds();
        this.memory = new ReplayMemory(mostRemembered);
        new SecureRandom().nextBytes(nobodysSecret);
    }

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
        return verify(SignatureHeader.parse(header), body, secrets);
    }

    @Override
    public Map<String, String> prove(byte[] body, byte[] secret, long time) {
        return Map.of(HEADER, sign(secret, time, body));
    }

    @Override
    public Signed verify(UnaryOperator<String> headers, byte[] body, Collection<byte[]> secrets)
            throws WebhookRefusedException {
        return verify(headers.apply(HEADER), body, secrets);
    }

    /** The same for a signature that was read from other headers. */
    Signed verify(SignatureHeader signature, byte[] body, Collection<byte[]> secrets) throws WebhookRefusedException {
        byte[] found = null;
        // every secret is tried against every signature, whatever matched before: the time says nothing
        for (byte[] secret : secrets.isEmpty() ? List.of(nobodysSecret) : secrets) {
            boolean usable = secret.length > 0;
            byte[] expected = Hmac.of(usable ? secret : nobodysSecret, signature.timestamp() + separator, body);
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
        return "t=" + timestamp + ",v1=" + HexFormat.of().formatHex(Hmac.of(secret, timestamp + ".", body));
    }
}
