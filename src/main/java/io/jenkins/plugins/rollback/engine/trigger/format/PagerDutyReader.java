package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * PagerDuty webhooks, version 3. An incident's service in PagerDuty is ours when it has the same name, and
 * {@code checkout/production} also says the environment. Events other than triggered, reopened and resolved say nothing
 * new.
 *
 * @see <a href="https://developer.pagerduty.com/docs/webhooks-overview">PagerDuty webhooks</a>
 */
final class PagerDutyReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        String type = Fields.required(body, "event.event_type");
        Alert.State state =
                switch (type) {
                    case "incident.triggered", "incident.reopened" -> Alert.State.FIRING;
                    case "incident.resolved" -> Alert.State.RESOLVED;
                    default -> null;
                };
        if (state != null) {
            found.add(() -> alert(body, state));
        }
    }

    private static Draft alert(JsonNode body, Alert.State state) throws AlertException {
        String[] name = Fields.required(body, "event.data.service.summary").split("/", 2);
        return new Draft(state)
                .about(name[0].strip(), name.length == 2 ? name[1].strip() : null)
                .severity(Fields.first(
                        Fields.text(body, "event.data.priority.summary"), Fields.text(body, "event.data.urgency")))
                .dedupe(Fields.required(body, "event.data.id"))
                .summary(Fields.text(body, "event.data.title"))
                .link(Fields.text(body, "event.data.html_url"))
                .at(Fields.requiredTime(body, "event.occurred_at"));
    }
}
