package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * GitHub's event {@code deployment_status}: a deployment that failed fires, and is over should it succeed after all. Each
 * deployment is an incident of its own. The service is the repository's name. Other events and states say nothing new.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#deployment_status">GitHub webhooks</a>
 */
final class GitHubReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        if (body.has("deployment_status")) {
            found.add(() -> status(body));
        }
    }

    private static Draft status(JsonNode body) throws AlertException {
        String word = Fields.required(body, "deployment_status.state");
        Alert.State state =
                switch (word) {
                    case "failure", "error" -> Alert.State.FIRING;
                    case "success" -> Alert.State.RESOLVED;
                    default -> null;
                };
        if (state == null) {
            return null;
        }
        return new Draft(state)
                .about(Fields.required(body, "repository.name"), Fields.text(body, "deployment.environment"))
                .severity(word)
                .dedupe(Fields.required(body, "repository.full_name") + "/" + Fields.required(body, "deployment.id"))
                .summary(Fields.text(body, "deployment_status.description"))
                .link(Fields.first(
                        Fields.text(body, "deployment_status.log_url"),
                        Fields.text(body, "deployment_status.target_url")))
                .at(Fields.requiredTime(body, "deployment_status.updated_at"));
    }
}
