package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.time.Clock;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Grafana's HMAC signature (Grafana 12 and newer): {@code hex(hmac(time + ":" + body))} in {@value #SIGNATURE}. Grafana signs
 * no time unless the contact point names a header for it; we ask for {@value #TIMESTAMP}, as without it a recorded delivery
 * could be sent again for ever.
 *
 * @see <a href="https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/">HMAC
 *     signature</a>
 */
final class GrafanaVerifier implements DeliveryVerifier {

    static final String SIGNATURE = "X-Grafana-Alerting-Signature";
    static final String TIMESTAMP = "X-Grafana-Alerting-Timestamp";

    private final WebhookVerifier stamped;

    GrafanaVerifier(Clock clock) {
        stamped = new WebhookVerifier(clock, WebhookVerifier.WINDOW, WebhookVerifier.MOST_REMEMBERED, ":");
    }

    @Override
    public Map<String, String> prove(byte[] body, byte[] secret, long time) {
        String signature = HexFormat.of().formatHex(Hmac.of(secret, time + ":", body));
        return Map.of(SIGNATURE, signature, TIMESTAMP, Long.toString(time));
    }

    @Override
    public Signed verify(UnaryOperator<String> headers, byte[] body, Collection<byte[]> secrets)
            throws WebhookRefusedException {
        String signature = headers.apply(SIGNATURE);
        String time = headers.apply(TIMESTAMP);
        if (signature == null || time == null) {
            throw new WebhookRefusedException(
                    Why.MISSING, "the header " + (signature == null ? SIGNATURE : TIMESTAMP) + " is missing");
        }
        byte[] value = SignatureHeader.hex(signature.strip());
        if (value == null || !SignatureHeader.isTime(time.strip())) {
            throw new WebhookRefusedException(
                    Why.MALFORMED, SIGNATURE + " is not 64 hexadecimal digits, or " + TIMESTAMP + " no epoch seconds");
        }
        return stamped.verify(new SignatureHeader(Long.parseLong(time.strip()), List.of(value)), body, secrets);
    }
}
