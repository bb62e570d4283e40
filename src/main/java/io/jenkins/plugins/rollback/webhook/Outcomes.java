package io.jenkins.plugins.rollback.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.log.Effect;
import io.jenkins.plugins.rollback.engine.trigger.log.Outcome;
import java.util.List;
import java.util.Locale;

/** Words for what the alerts of a delivery led to: for the sender as JSON, for the log as lines. */
final class Outcomes {

    private static final String IGNORED = "ignored";

    private Outcomes() {}

    static String word(WebhookEndpointConfig.Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }

    /** An alert that is recorded. */
    static Effect effect(Alert alert, String outcome, String rollback, long entry) {
        return new Effect(about(alert), state(alert), outcome, null, rollback, entry);
    }

    /** One that is no news. */
    static Effect ignored(Alert alert, String why) {
        return new Effect(about(alert), state(alert), IGNORED, why, null, -1);
    }

    static String about(Alert alert) {
        return alert.target().service() + " in " + alert.target().environment();
    }

    static String state(Alert alert) {
        return alert.state().name().toLowerCase(Locale.ROOT);
    }

    /**
     * The whole delivery.
     *
     * @param effects one for each alert
     * @param skipped why other alerts of the same delivery could not be read
     */
    static Handled of(List<Effect> effects, List<String> skipped, String delivery) {
        ObjectNode body = Answer.text("id", delivery);
        if (effects.isEmpty()) {
            body.put("outcome", IGNORED).put("why", "starts and ends no incident");
        } else if (effects.size() == 1) {
            body.setAll(json(effects.get(0)));
        } else {
            effects.forEach(effect -> body.withArray("alerts").add(json(effect)));
        }
        if (!skipped.isEmpty()) {
            skipped.forEach(body.putArray("skipped")::add);
        }
        boolean news = effects.stream().anyMatch(effect -> effect.entry() >= 0);
        String reason = reason(effects, skipped);
        // what is ignored is told apart by its words, so that a storm of the same is one line
        return new Handled(
                new Answer(news ? 202 : 200, body), news ? Outcome.TAKEN : Outcome.IGNORED, reason, reason, effects);
    }

    private static ObjectNode json(Effect effect) {
        ObjectNode json = Answer.text("outcome", effect.outcome());
        if (effect.entry() >= 0) {
            return json.put("rollback", effect.rollback()).put("entry", effect.entry());
        }
        return json.put("why", effect.why());
    }

    private static String reason(List<Effect> effects, List<String> skipped) {
        String told = effects.isEmpty()
                ? "starts and ends no incident"
                : effects.size() == 1
                        ? line(effects.get(0))
                        : effects.size() + " alerts, first " + line(effects.get(0));
        return skipped.isEmpty() ? told : told + "; " + skipped.size() + " could not be read: " + skipped.get(0);
    }

    private static String line(Effect effect) {
        return effect.about() + ": " + effect.state() + (effect.why() == null ? "" : ", " + effect.why());
    }
}
