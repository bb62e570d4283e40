package io.jenkins.plugins.rollback.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import io.jenkins.plugins.rollback.engine.trigger.Receipt;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookVerifier;
import io.jenkins.plugins.rollback.engine.trigger.format.Reading;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * What happens to a delivery before it is answered: verified, read, recorded. What it leads to comes after the answer,
 * and is found in the ledger again should Jenkins die in between.
 */
@Extension
public final class Reception {

    private static final Logger LOGGER = Logger.getLogger(Reception.class.getName());

    /** One for each endpoint that was used; what is sent to others is checked against {@link #nobody}. */
    private final Map<String, EndpointDoor> doors = new ConcurrentHashMap<>();

    private final WebhookVerifier nobody = new WebhookVerifier(Clock.systemUTC());

    static Reception get() {
        return ExtensionList.lookupSingleton(Reception.class);
    }

    /**
     * Takes a delivery.
     *
     * @param id of the endpoint; need not exist
     * @param headers gives the value of a header, or {@code null}
     * @param body the bytes as they came
     */
    Answer receive(String id, UnaryOperator<String> headers, byte[] body) {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null) {
            return new Answer(503, Answer.text("error", "not ready"));
        }
        Optional<WebhookEndpointConfig> endpoint = RollbackConfiguration.get().webhookEndpoint(id);
        try {
            if (endpoint.isEmpty()) {
                nobody.verify(headers, body, List.of());
                return Answer.refused();
            }
            EndpointDoor door = door(endpoint.get(), engine.clock());
            return door == null ? Answer.refused() : take(engine, door, door.verify(headers, body), body);
        } catch (WebhookRefusedException e) {
            // strangers must not be able to fill the log
            LOGGER.log(
                    endpoint.isPresent() ? Level.FINE : Level.FINER,
                    () -> "Refused a delivery to '" + id + "': " + e.getMessage());
            return e.why() == WebhookRefusedException.Why.TOO_MANY
                    ? new Answer(429, Answer.text("error", "too many deliveries"))
                    : Answer.refused();
        }
    }

    /** @return {@code null} when its settings cannot be used: form and code refuse such a one, but somebody changed the file */
    private EndpointDoor door(WebhookEndpointConfig endpoint, Clock clock) {
        try {
            return doors.compute(endpoint.getId(), (key, before) -> EndpointDoor.of(endpoint, clock, before));
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "Webhook endpoint " + endpoint.getId() + " cannot be used: " + e.getMessage());
            return null;
        }
    }

    private static Answer take(RollbackEngine engine, EndpointDoor door, Signed signed, byte[] body) {
        String id = door.endpoint().getId();
        try {
            Optional<String> confirmation = door.confirmationUrl(body);
            if (confirmation.isPresent()) {
                SubscriptionMonitor.get().asked(id, confirmation.get());
                return new Answer(200, Answer.text("outcome", "waits for an administrator to confirm"));
            }
            SubscriptionMonitor.get().heard(id);
            return record(engine, door.endpoint(), door.read(body), signed);
        } catch (AlertException e) {
            return new Answer(400, Answer.text("error", e.getMessage()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "An alert of '" + id + "' could not be recorded", e);
            return new Answer(503, Answer.text("error", "not recorded; send it again"));
        }
    }

    private static Answer record(RollbackEngine engine, WebhookEndpointConfig endpoint, Reading reading, Signed signed)
            throws IOException {
        List<ObjectNode> outcomes = new ArrayList<>();
        boolean news = false;
        for (Alert alert : reading.alerts()) {
            ObjectNode outcome = record(engine, endpoint, alert, signed);
            news |= outcome.has("entry");
            outcomes.add(outcome);
        }
        ObjectNode body = Answer.text("id", signed.id());
        if (outcomes.isEmpty()) {
            body.put("outcome", "ignored").put("why", "starts and ends no incident");
        } else if (outcomes.size() == 1) {
            body.setAll(outcomes.get(0));
        } else {
            body.putArray("alerts").addAll(outcomes);
        }
        if (!reading.skipped().isEmpty()) {
            reading.skipped().forEach(body.putArray("skipped")::add);
        }
        return new Answer(news ? 202 : 200, body);
    }

    private static ObjectNode record(RollbackEngine engine, WebhookEndpointConfig endpoint, Alert alert, Signed signed)
            throws IOException {
        boolean firing = alert.state() == Alert.State.FIRING;
        String rollback = firing ? engine.ids().next(Ids.ROLLBACK) : null;
        String outcome = firing ? endpoint.getRule().name().toLowerCase(Locale.ROOT) : "none";
        Receipt receipt = engine.deliveries().receive(endpoint.getId(), alert, signed, outcome, rollback);
        if (!receipt.news()) {
            return Answer.text("outcome", "ignored").put("why", receipt.why());
        }
        if (firing) {
            Timer.get().execute(() -> new AlertEffect(engine).carryOut(receipt.entry()));
        }
        return Answer.text("outcome", outcome)
                .put("rollback", rollback)
                .put("entry", receipt.entry().index());
    }
}
