package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * Datadog, whose webhooks send what their owner writes; we read the body that our documentation offers, with Datadog's
 * variables in it. Service and environment are tags. {@code $AGGREG_KEY} stands for the monitor and group,
 * {@code $ALERT_CYCLE_KEY} for one run from trigger to recovery.
 *
 * @see <a href="https://docs.datadoghq.com/integrations/webhooks/">Datadog webhooks</a>
 */
final class DatadogReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        found.add(() -> alert(body));
    }

    private static Draft alert(JsonNode body) throws AlertException {
        Alert.State state = state(Fields.required(body, "alert_transition"));
        if (state == null) {
            return null;
        }
        return new Draft(state)
                .about(Labels.none().andTags(body.path("tags")).andTags(body.path("alert_scope")))
                .severity(Fields.text(body, "alert_priority"))
                .dedupe(Fields.required(body, "aggreg_key") + "/" + Fields.required(body, "alert_cycle_key"))
                .summary(Fields.text(body, "title"))
                .link(Fields.text(body, "link"))
                .at(Fields.time(body, "date"));
    }

    /** Warnings and missing data are for people; a rollback wants an alert. */
    private static Alert.State state(String transition) {
        return switch (transition) {
            case "Triggered", "Re-Triggered" -> Alert.State.FIRING;
            case "Recovered" -> Alert.State.RESOLVED;
            default -> null;
        };
    }
}
