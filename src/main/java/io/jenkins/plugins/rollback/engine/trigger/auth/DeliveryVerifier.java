package io.jenkins.plugins.rollback.engine.trigger.auth;

import io.jenkins.plugins.rollback.engine.trigger.Signed;
import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Checks that a delivery comes from somebody who may send it. Thread safe; one serves one endpoint. */
public interface DeliveryVerifier {

    /**
     * Checks a delivery.
     *
     * @param headers gives the value of a header, or {@code null}
     * @param body exactly the bytes that came
     * @param secrets every secret that is valid now, two while the sender changes over; an empty one never matches
     * @throws WebhookRefusedException when it is not to be trusted
     */
    Signed verify(UnaryOperator<String> headers, byte[] body, Collection<byte[]> secrets)
            throws WebhookRefusedException;

    /**
     * The headers that a sender who knows the secret adds, for trying an endpoint out.
     *
     * @param time epoch seconds, where one is signed
     * @return empty where nobody but the vendor can make them
     */
    default Map<String, String> prove(byte[] body, byte[] secret, long time) {
        return Map.of();
    }
}
