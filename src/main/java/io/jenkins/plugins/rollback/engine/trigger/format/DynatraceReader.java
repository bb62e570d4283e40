package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * Dynatrace's custom problem notification, with the body that our documentation offers: keys are the names of Dynatrace's
 * placeholders. Service and environment are tags of what is affected. A problem that is merged into another says nothing
 * new.
 *
 * @see <a href="https://docs.dynatrace.com/docs/analyze-explore-automate/notifications-and-alerting/problem-notifications/webhook-integration">Dynatrace</a>
 */
final class DynatraceReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        String word = Fields.required(body, "State");
        Alert.State state =
                switch (word) {
                    case "OPEN" -> Alert.State.FIRING;
                    case "RESOLVED" -> Alert.State.RESOLVED;
                    default -> null;
                };
        if (state != null) {
            found.add(() -> new Draft(state)
                    .about(Labels.none().andTags(body.path("Tags")))
                    .severity(Fields.text(body, "ProblemSeverity"))
                    .dedupe(Fields.required(body, "PID"))
                    .summary(Fields.text(body, "ProblemTitle"))
                    .link(Fields.text(body, "ProblemURL")));
        }
    }
}
