package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * New Relic's workflows: the default body of a webhook with two fields more, {@code service} and {@code environment}, which
 * our documentation fills from the tags of what is affected. An incident is an issue.
 *
 * @see <a href="https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/#webhook">New Relic webhooks</a>
 */
final class NewRelicReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        String word = Fields.required(body, "state");
        Alert.State state =
                switch (word) {
                    case "CREATED", "ACTIVATED" -> Alert.State.FIRING;
                    case "CLOSED" -> Alert.State.RESOLVED;
                    default -> null;
                };
        if (state != null) {
            found.add(() -> alert(body, state));
        }
    }

    private static Draft alert(JsonNode body, Alert.State state) throws AlertException {
        return new Draft(state)
                .about(Labels.of(body))
                .severity(Fields.text(body, "priority"))
                .dedupe(Fields.required(body, "id"))
                .summary(Fields.text(body, "title"))
                .link(Fields.text(body, "issueUrl"))
                .at(Fields.time(body, state == Alert.State.FIRING ? "createdAt" : "updatedAt"));
    }
}
