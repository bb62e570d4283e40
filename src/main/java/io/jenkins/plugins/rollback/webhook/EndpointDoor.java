package io.jenkins.plugins.rollback.webhook;

import io.jenkins.plugins.rollback.config.Secrets;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.DeliveryVerifier;
import io.jenkins.plugins.rollback.engine.trigger.auth.SnsMessage;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertParser;
import io.jenkins.plugins.rollback.engine.trigger.format.Reading;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What checks and reads the deliveries of one endpoint, made once for each way it is configured: the verifier remembers what
 * it accepted, so it outlives a change of anything that is not its own.
 */
final class EndpointDoor {

    private final WebhookEndpointConfig endpoint;
    private final DeliveryVerifier verifier;
    private final AlertParser parser;

    private EndpointDoor(WebhookEndpointConfig endpoint, DeliveryVerifier verifier, AlertParser parser) {
        this.endpoint = endpoint;
        this.verifier = verifier;
        this.parser = parser;
    }

    /** @param before the endpoint's door until now, or {@code null} */
    static EndpointDoor of(WebhookEndpointConfig endpoint, Clock clock, EndpointDoor before) {
        if (before != null && before.endpoint == endpoint) {
            return before;
        }
        boolean sameProof = before != null && before.endpoint.verifierKey().equals(endpoint.verifierKey());
        boolean sameWords = before != null && before.endpoint.parserKey().equals(endpoint.parserKey());
        return new EndpointDoor(
                endpoint,
                sameProof ? before.verifier : endpoint.toVerifier(clock),
                sameWords ? before.parser : endpoint.toParser());
    }

    WebhookEndpointConfig endpoint() {
        return endpoint;
    }

    Signed verify(UnaryOperator<String> headers, byte[] body) throws WebhookRefusedException {
        List<byte[]> secrets = Stream.of(endpoint.getCredentialsId(), endpoint.getPreviousCredentialsId())
                .flatMap(id -> Secrets.text(id).stream())
                .toList();
        return verifier.verify(headers, body, secrets);
    }

    /** The headers with which the sender would prove who it is; empty where only the vendor can. */
    Map<String, String> prove(byte[] body, byte[] secret, long time) {
        return verifier.prove(body, secret, time);
    }

    Reading read(byte[] body) throws AlertException {
        return parser.parse(body);
    }

    /** Where a person confirms a subscription that this verified body asks for. */
    Optional<String> confirmationUrl(byte[] body) throws AlertException {
        return endpoint.getAuthentication().needsTrust(endpoint.getFormat())
                ? SnsMessage.read(body).confirmationUrl()
                : Optional.empty();
    }
}
