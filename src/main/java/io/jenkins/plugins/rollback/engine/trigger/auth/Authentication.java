package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;

/** How senders prove who they are. */
public enum Authentication {
    /** Our own signature of time and body: {@link WebhookVerifier}. */
    SIGNED,
    /** The sender's own signature, where it has one. */
    VENDOR,
    /** {@code Authorization: Bearer}. */
    BEARER,
    /** A token alone, in a header of its own. */
    HEADER;

    /** What the header of a token may be called: none that browsers or proxies set themselves. */
    private static final Pattern TOKEN_HEADER = Pattern.compile("[Xx]-[A-Za-z0-9-]{1,62}");

    /** Whether this needs a secret that both sides know; SNS signs with a certificate. */
    public boolean needsSecret(AlertFormat format) {
        return this != VENDOR || format != AlertFormat.CLOUDWATCH;
    }

    /** Whether this needs to be told whom to trust: {@link SnsTrust}. */
    public boolean needsTrust(AlertFormat format) {
        return !needsSecret(format);
    }

    /**
     * Makes what checks the deliveries of an endpoint.
     *
     * @param tokenHeader name of the header for {@link #HEADER}, ignored by others
     * @param trust for SNS, ignored by others
     * @throws IllegalArgumentException when the parts do not fit together
     */
    public DeliveryVerifier verifier(AlertFormat format, String tokenHeader, SnsTrust trust, Clock clock) {
        return switch (this) {
            case SIGNED -> new WebhookVerifier(clock);
            case BEARER -> TokenVerifier.bearer(clock);
            case HEADER -> {
                if (tokenHeader == null || !TOKEN_HEADER.matcher(tokenHeader).matches()) {
                    throw new IllegalArgumentException("name the header of the token; it starts with X-");
                }
                yield TokenVerifier.in(tokenHeader, clock);
            }
            case VENDOR -> vendor(format, trust, clock);
        };
    }

    private static DeliveryVerifier vendor(AlertFormat format, SnsTrust trust, Clock clock) {
        return switch (format) {
            case GRAFANA -> new GrafanaVerifier(clock);
            case PAGERDUTY -> new BodySignatureVerifier("X-PagerDuty-Signature", "v1=", clock);
            case SENTRY -> new BodySignatureVerifier("Sentry-Hook-Signature", "", clock);
            case GITHUB -> new BodySignatureVerifier("X-Hub-Signature-256", "sha256=", clock);
            case CLOUDWATCH -> new SnsVerifier(Objects.requireNonNull(trust, "trust"), clock);
            default -> throw new IllegalArgumentException(format.title() + " has no signature of its own");
        };
    }
}
