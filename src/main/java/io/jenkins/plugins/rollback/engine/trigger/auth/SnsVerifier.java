package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException.Why;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.function.UnaryOperator;

/**
 * The signature of AWS SNS, version 2 (SHA-256 with RSA), against certificates that an administrator pinned: the URL in a
 * message is compared with where SNS keeps its certificates and never contacted. Everybody with an account of AWS can make
 * SNS sign messages, so the topic counts as much as the signature. Version 1 is refused: it rests on SHA-1.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html">verifying signatures</a>
 */
final class SnsVerifier implements DeliveryVerifier {

    /** SNS tries again for less than this by default; AWS advises to refuse older messages. */
    private static final Duration WINDOW = Duration.ofHours(1);

    private final SnsTrust trust;
    private final Clock clock;

    SnsVerifier(SnsTrust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public Signed verify(UnaryOperator<String> headers, byte[] body, Collection<byte[]> secrets)
            throws WebhookRefusedException {
        SnsMessage message;
        try {
            message = SnsMessage.read(body);
        } catch (AlertException e) {
            throw new WebhookRefusedException(Why.MALFORMED, e.getMessage());
        }
        if (!message.text("SignatureVersion").equals("2")) {
            throw new WebhookRefusedException(
                    Why.MALFORMED, "not signed by version 2; set the topic's attribute SignatureVersion to 2");
        }
        if (!message.namesCertificateOfSns()) {
            throw new WebhookRefusedException(Why.WRONG, "SigningCertURL is no address of SNS");
        }
        if (!trust.topics().contains(message.text("TopicArn"))) {
            throw new WebhookRefusedException(Why.WRONG, "signed for another topic");
        }
        byte[] signature = signature(message);
        if (!isSigned(message, signature)) {
            throw new WebhookRefusedException(
                    Why.WRONG, "not signed by a pinned certificate that is valid now; has SNS a newer one?");
        }
        return new Signed(
                Sha256.of(signature).substring(0, 32), freshTime(message).getEpochSecond());
    }

    private static byte[] signature(SnsMessage message) throws WebhookRefusedException {
        try {
            return Base64.getDecoder().decode(message.text("Signature").getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new WebhookRefusedException(Why.MALFORMED, "Signature is not Base64");
        }
    }

    private boolean isSigned(SnsMessage message, byte[] signature) {
        byte[] text = message.canonical();
        return trust.certificates().stream().anyMatch(certificate -> {
            try {
                certificate.checkValidity(Date.from(clock.instant()));
                Signature check = Signature.getInstance("SHA256withRSA");
                check.initVerify(certificate.getPublicKey());
                check.update(text);
                return check.verify(signature);
            } catch (GeneralSecurityException e) {
                return false; // expired, or bytes that are no signature of this key
            }
        });
    }

    private Instant freshTime(SnsMessage message) throws WebhookRefusedException {
        Instant now = clock.instant();
        try {
            Instant time = Instant.parse(message.text("Timestamp"));
            if (Duration.between(time, now).abs().compareTo(WINDOW) <= 0) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new WebhookRefusedException(Why.MALFORMED, "Timestamp is no time");
        }
        throw new WebhookRefusedException(Why.STALE, "Timestamp is more than an hour from now (" + now + ")");
    }
}
