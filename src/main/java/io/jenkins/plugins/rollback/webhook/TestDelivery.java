package io.jenkins.plugins.rollback.webhook;

import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.Secrets;
import io.jenkins.plugins.rollback.config.WayBackConfig;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookRefusedException;
import io.jenkins.plugins.rollback.engine.trigger.format.Reading;
import io.jenkins.plugins.rollback.engine.trigger.log.Effect;
import io.jenkins.plugins.rollback.engine.trigger.log.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes a body through the door of an endpoint as its sender would bring it, signed with the endpoint's secret, and says what
 * would follow. Nothing is recorded in the ledger and nothing starts. The door is one of its own: what the test signed must
 * not count as seen when the sender says the same.
 */
final class TestDelivery {

    /** Stands for a proof that only the vendor can make. */
    private static final String NOBODY = "0".repeat(32);

    private final RollbackEngine engine;
    private final WebhookEndpointConfig endpoint;
    private String proof;

    /** @param engine the running one, or {@code null} when there is none */
    TestDelivery(RollbackEngine engine, WebhookEndpointConfig endpoint) {
        this.engine = engine;
        this.endpoint = endpoint;
    }

    Tested send(byte[] body) {
        Handled handled = handle(body);
        return new Tested(handled, proof);
    }

    private Handled handle(byte[] body) {
        if (engine == null) {
            return test(new Answer(503, Answer.text("error", "not ready")), "the ledger is not open", List.of());
        }
        try {
            EndpointDoor door = EndpointDoor.of(endpoint, engine.clock(), null);
            Signed signed = prove(door, body);
            return read(door.read(body), signed);
        } catch (WebhookRefusedException | IllegalArgumentException e) {
            return test(Answer.refused(), Messages.Test_refused(e.getMessage()), List.of());
        } catch (AlertException e) {
            Answer answer = new Answer(400, Answer.text("error", e.getMessage()));
            return test(answer, Messages.Test_unreadable(e.getMessage()), List.of());
        }
    }

    private Signed prove(EndpointDoor door, byte[] body) throws WebhookRefusedException {
        long now = engine.clock().instant().getEpochSecond();
        if (endpoint.getAuthentication().needsTrust(endpoint.getFormat())) {
            proof = Messages.Test_signatureNotMade(endpoint.getFormat().title());
            return new Signed(NOBODY, now);
        }
        byte[] secret = Secrets.text(endpoint.getCredentialsId())
                .orElseThrow(() -> new IllegalArgumentException(Messages.Test_noSecret(endpoint.getCredentialsId())));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(door.prove(body, secret, now));
        Signed signed = door.verify(headers::get, body);
        proof = Messages.Test_signatureMade();
        return signed;
    }

    private Handled read(Reading reading, Signed signed) {
        List<Effect> effects = new ArrayList<>();
        boolean news = false;
        for (Alert alert : reading.alerts()) {
            Optional<String> known = engine.deliveries().whyNoNews(endpoint.getId(), alert, signed);
            news |= known.isEmpty();
            String says = known.map(Messages::Test_ignored).orElseGet(() -> wouldLeadTo(alert));
            effects.add(new Effect(Outcomes.about(alert), Outcomes.state(alert), "test", says, null, -1));
        }
        for (String skipped : reading.skipped()) {
            effects.add(new Effect("?", "", "test", Messages.Test_unreadable(skipped), null, -1));
        }
        String reason = effects.isEmpty()
                ? Messages.Test_noAlert()
                : effects.get(0).about() + " " + effects.get(0).why();
        return test(new Answer(news ? 202 : 200, Answer.text("outcome", "test")), reason, effects);
    }

    private String wouldLeadTo(Alert alert) {
        if (alert.state() == Alert.State.RESOLVED) {
            return Messages.Test_resolved();
        }
        Course course = Course.of(engine, endpoint.getId(), alert.target());
        String from = course.from() == null ? "?" : course.from();
        return switch (course.leadsTo()) {
            case NOTHING -> Messages.Test_nothing(course.why());
            case PROPOSE -> Messages.Test_propose(from, course.to(), endpoint.getRunAs());
            case START -> Messages.Test_start(
                    from,
                    course.to(),
                    RollbackConfiguration.get()
                            .wayBack(alert.target())
                            .map(WayBackConfig::getJob)
                            .orElse("?"),
                    endpoint.getRunAs());
        };
    }

    private static Handled test(Answer answer, String reason, List<Effect> effects) {
        return new Handled(answer, Outcome.TEST, reason, "", effects);
    }
}
