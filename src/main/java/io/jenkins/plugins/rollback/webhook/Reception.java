package io.jenkins.plugins.rollback.webhook;

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
import io.jenkins.plugins.rollback.engine.trigger.log.Effect;
import io.jenkins.plugins.rollback.engine.trigger.log.Outcome;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Takes a delivery. What became of it is told to the sender in a word, and to administrators on the endpoint's page. */
    Answer receive(Delivery delivery) {
        Optional<WebhookEndpointConfig> endpoint = RollbackConfiguration.get().webhookEndpoint(delivery.endpoint());
        Handled handled = handle(endpoint.orElse(null), delivery);
        endpoint.ifPresent(known -> DeliveryKeeper.get().note(known, delivery, handled));
        return handled.answer();
    }

    /** Notes what is not even the shape of a delivery. */
    Answer refuse(Delivery delivery, Answer answer) {
        String why = answer.body().path("error").asText();
        RollbackConfiguration.get().webhookEndpoint(delivery.endpoint()).ifPresent(endpoint -> DeliveryKeeper.get()
                .note(endpoint, delivery, Handled.refused(answer, why, "HTTP " + answer.status())));
        return answer;
    }

    private Handled handle(WebhookEndpointConfig endpoint, Delivery delivery) {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null) {
            return Handled.unusable(
                    new Answer(503, Answer.text("error", "not ready")), Outcome.FAILED, "the ledger is not open");
        }
        try {
            if (endpoint == null) {
                nobody.verify(delivery.headers(), delivery.body(), List.of());
                return Handled.refused(Answer.refused(), "no such endpoint", "NONE");
            }
            EndpointDoor door = door(endpoint, engine.clock());
            if (door == null) {
                return Handled.refused(Answer.refused(), "the endpoint's settings cannot be used", "SETTINGS");
            }
            return take(engine, door, door.verify(delivery.headers(), delivery.body()), delivery.body());
        } catch (WebhookRefusedException e) {
            // strangers must not be able to fill the log
            LOGGER.log(
                    endpoint != null ? Level.FINE : Level.FINER,
                    () -> "Refused a delivery to '" + delivery.endpoint() + "': " + e.getMessage());
            Answer answer = e.why() == WebhookRefusedException.Why.TOO_MANY
                    ? new Answer(429, Answer.text("error", "too many deliveries"))
                    : Answer.refused();
            return Handled.refused(answer, e.getMessage(), e.why().name());
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

    private static Handled take(RollbackEngine engine, EndpointDoor door, Signed signed, byte[] body) {
        String id = door.endpoint().getId();
        try {
            Optional<String> confirmation = door.confirmationUrl(body);
            if (confirmation.isPresent()) {
                SubscriptionMonitor.get().asked(id, confirmation.get());
                String waits = "waits for an administrator to confirm";
                return Handled.unusable(new Answer(200, Answer.text("outcome", waits)), Outcome.TAKEN, waits);
            }
            SubscriptionMonitor.get().heard(id);
            return record(engine, door.endpoint(), door.read(body), signed);
        } catch (AlertException e) {
            return Handled.unusable(
                    new Answer(400, Answer.text("error", e.getMessage())), Outcome.UNREADABLE, e.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "An alert of '" + id + "' could not be recorded", e);
            return Handled.unusable(
                    new Answer(503, Answer.text("error", "not recorded; send it again")),
                    Outcome.FAILED,
                    "not recorded: " + e.getMessage());
        }
    }

    private static Handled record(RollbackEngine engine, WebhookEndpointConfig endpoint, Reading reading, Signed signed)
            throws IOException {
        List<Effect> effects = new ArrayList<>();
        for (Alert alert : reading.alerts()) {
            effects.add(record(engine, endpoint, alert, signed));
        }
        return Outcomes.of(effects, reading.skipped(), signed.id());
    }

    private static Effect record(RollbackEngine engine, WebhookEndpointConfig endpoint, Alert alert, Signed signed)
            throws IOException {
        boolean firing = alert.state() == Alert.State.FIRING;
        String rollback = firing ? engine.ids().next(Ids.ROLLBACK) : null;
        String outcome = firing ? Outcomes.word(endpoint.getRule()) : "none";
        Receipt receipt = engine.deliveries().receive(endpoint.getId(), alert, signed, outcome, rollback);
        if (!receipt.news()) {
            return Outcomes.ignored(alert, receipt.why());
        }
        if (firing) {
            Timer.get().execute(() -> new AlertEffect(engine).carryOut(receipt.entry()));
        }
        return Outcomes.effect(alert, outcome, rollback, receipt.entry().index());
    }
}
