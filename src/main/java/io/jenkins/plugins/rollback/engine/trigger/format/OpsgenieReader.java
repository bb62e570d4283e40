package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * Opsgenie's webhook integration. Service and environment are tags ({@code service:checkout}) or extra properties of the
 * alert. Acknowledging, assigning and the like say nothing new.
 *
 * @see <a href="https://support.atlassian.com/opsgenie/docs/integrate-opsgenie-with-webhook/">Opsgenie webhooks</a>
 */
final class OpsgenieReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        String action = Fields.required(body, "action");
        Alert.State state =
                switch (action) {
                    case "Create" -> Alert.State.FIRING;
                    case "Close", "Delete" -> Alert.State.RESOLVED;
                    default -> null;
                };
        if (state != null) {
            found.add(() -> alert(body, state));
        }
    }

    private static Draft alert(JsonNode body, Alert.State state) throws AlertException {
        return new Draft(state)
                .about(Labels.of(Fields.object(body, "alert.details")).andTags(Fields.at(body, "alert.tags")))
                .severity(Fields.text(body, "alert.priority"))
                .dedupe(Fields.required(body, "alert.alertId"))
                .summary(Fields.text(body, "alert.message"))
                // an alert is created once; what ends it has its own time
                .at(Fields.first(
                        state == Alert.State.FIRING
                                ? Fields.time(body, "alert.createdAt")
                                : Fields.time(body, "alert.updatedAt"),
                        Fields.time(body, "alert.updatedAt")));
    }
}
