package io.jenkins.plugins.rollback.engine.trigger.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import io.jenkins.plugins.rollback.engine.trigger.format.JsonBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message of AWS SNS.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html">formats</a>
 */
public final class SnsMessage {

    /** SNS itself, in a region of AWS or of AWS in China; nothing before or after, so that no look-alike passes. */
    private static final Pattern HOST = Pattern.compile("sns\\.[a-z0-9-]{1,32}\\.amazonaws\\.com(\\.cn)?");

    private static final List<String> NOTIFICATION =
            List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
    private static final List<String> CONFIRMATION =
            List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

    private final JsonNode json;

    private SnsMessage(JsonNode json) {
        this.json = json;
    }

    /** @throws AlertException when it is no JSON object */
    public static SnsMessage read(byte[] body) throws AlertException {
        return new SnsMessage(JsonBody.read(body));
    }

    /** The text of a field; empty when there is none. */
    String text(String field) {
        return json.path(field).asText("");
    }

    /**
     * What SNS signs: name and value of certain fields, a line each, in alphabetical order; {@code Subject} only when there is
     * one.
     */
    byte[] canonical() {
        StringBuilder text = new StringBuilder();
        for (String field : text("Type").equals("Notification") ? NOTIFICATION : CONFIRMATION) {
            if (json.path(field).isTextual()) {
                text.append(field).append('\n').append(text(field)).append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the certificate is said to lie with SNS. It is not fetched; another place is a sign of forgery. */
    boolean namesCertificateOfSns() {
        return isOfSns(text("SigningCertURL"));
    }

    /**
     * The URL that confirms a subscription, when this message asks for that. For a person to visit: this program never does,
     * as what a message names must not decide what a controller contacts.
     */
    public Optional<String> confirmationUrl() {
        String url = text("SubscribeURL");
        return text("Type").equals("SubscriptionConfirmation") && isOfSns(url) ? Optional.of(url) : Optional.empty();
    }

    private static boolean isOfSns(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && HOST.matcher(uri.getHost()).matches()
                    && uri.getUserInfo() == null
                    && uri.getPort() == -1;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
