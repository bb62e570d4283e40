package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A vendor's HMAC-SHA256 of the body alone, in hexadecimal: {@code X-PagerDuty-Signature: v1=<hex>,v1=<hex>} (several while
 * PagerDuty changes its secret), {@code X-Hub-Signature-256: sha256=<hex>} of GitHub, {@code Sentry-Hook-Signature: <hex>}.
 *
 * <p>No time is signed but the one in the body, and a vendor that tries again sends the same bytes: whether a right delivery
 * is a recorded one is for {@link io.jenkins.plugins.rollback.engine.trigger.Deliveries} to say, by the event's own time.
 *
 * @see <a href="https://developer.pagerduty.com/docs/verifying-webhook-signatures">PagerDuty</a>
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">GitHub</a>
 * @see <a href="https://docs.sentry.io/integrations/integration-platform/webhooks/">Sentry</a>
 */
final class BodySignatureVerifier implements DeliveryVerifier {

    private static final int LONGEST = 1024;
    private static final int MOST = 8;

    private final String header;
    private final String prefix;
    private final Clock clock;

    /** @param prefix what stands before the digits of each signature; elements with another one are skipped */
    BodySignatureVerifier(String header, String prefix, Clock clock) {
        this.header = header;
        this.prefix = prefix;
        this.clock = clock;
    }

    @Override
    public Map<String, String> prove(byte[] body, byte[] secret, long time) {
        return Map.of(header, prefix + HexFormat.of().formatHex(Hmac.of(secret, "", body)));
    }

    @Override
    public Signed verify(UnaryOperator<String> headers, byte[] body, Collection<byte[]> secrets)
            throws WebhookRefusedException {
        List<byte[]> candidates = candidates(headers.apply(header));
        byte[] found = null;
        // every secret is tried against every signature, whatever matched before: the time says nothing
        for (byte[] secret : secrets) {
            if (secret.length > 0) {
                byte[] expected = Hmac.of(secret, "", body);
                for (byte[] candidate : candidates) {
                    if (MessageDigest.isEqual(expected, candidate)) {
                        found = expected;
                    }
                }
            }
        }
        if (found == null) {
            throw new WebhookRefusedException(Why.WRONG, "the signature is not that of this body by a valid secret");
        }
        return new Signed(
                HexFormat.of().formatHex(found, 0, 16), clock.instant().getEpochSecond());
    }

    private List<byte[]> candidates(String value) throws WebhookRefusedException {
        if (value == null || value.isBlank()) {
            throw new WebhookRefusedException(Why.MISSING, "the header " + header + " is missing");
        }
        List<byte[]> candidates = new ArrayList<>();
        for (String element : value.length() > LONGEST ? new String[0] : value.split(",")) {
            String signature = element.strip();
            byte[] bytes =
                    signature.startsWith(prefix) ? SignatureHeader.hex(signature.substring(prefix.length())) : null;
            if (bytes != null && candidates.size() < MOST) {
                candidates.add(bytes);
            }
        }
        if (candidates.isEmpty()) {
            throw new WebhookRefusedException(
                    Why.MALFORMED, "the header " + header + " is malformed; expected " + prefix + "<64 hex digits>");
        }
        return candidates;
    }
}
