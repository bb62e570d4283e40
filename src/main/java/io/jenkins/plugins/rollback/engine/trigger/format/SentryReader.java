package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentry's integration platform: metric alerts, issue alerts and changes of issues. The service is the project; the
 * environment is that of the alert rule or of the event, and none is said by a change of an issue. An issue that is assigned
 * or archived says nothing new.
 *
 * @see <a href="https://docs.sentry.io/integrations/integration-platform/webhooks/">Sentry webhooks</a>
 */
final class SentryReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        String action = Fields.required(body, "action");
        JsonNode data = Fields.object(body, "data");
        if (data.has("metric_alert")) {
            found.add(() -> metricAlert(action, data));
        } else if (data.has("issue")) {
            found.add(() -> issue(action, data));
        } else if (data.has("event") && action.equals("triggered")) {
            found.add(() -> issueAlert(data));
        }
    }

    private static Draft metricAlert(String action, JsonNode data) throws AlertException {
        boolean firing = action.equals("critical") || action.equals("warning");
        if (!firing && !action.equals("resolved")) {
            return null;
        }
        JsonNode projects = Fields.array(data, "metric_alert.projects");
        if (projects.size() != 1) {
            throw new AlertException("metric_alert.projects", "expected one, found " + projects.size());
        }
        return new Draft(firing ? Alert.State.FIRING : Alert.State.RESOLVED)
                .about(projects.get(0).asText(), Fields.text(data, "metric_alert.alert_rule.environment"))
                .severity(firing ? action : null)
                .dedupe("metric/" + Fields.required(data, "metric_alert.id"))
                .summary(Fields.text(data, "description_title"))
                .link(Fields.text(data, "web_url"))
                .at(
                        firing
                                ? Fields.requiredTime(data, "metric_alert.date_detected")
                                : Fields.time(data, "metric_alert.date_closed"));
    }

    private static Draft issue(String action, JsonNode data) throws AlertException {
        Alert.State state =
                switch (action) {
                    case "created", "unresolved" -> Alert.State.FIRING;
                    case "resolved" -> Alert.State.RESOLVED;
                    default -> null;
                };
        if (state == null) {
            return null;
        }
        return new Draft(state)
                .about(Fields.text(data, "issue.project.slug"), null)
                .severity(Fields.text(data, "issue.level"))
                .dedupe("issue/" + Fields.required(data, "issue.id"))
                .summary(Fields.text(data, "issue.title"))
                .link(Fields.first(Fields.text(data, "issue.web_url"), Fields.text(data, "issue.permalink")))
                // the last event of an issue that is resolved was before that, and says nothing about when
                .at(state == Alert.State.FIRING ? Fields.requiredTime(data, "issue.lastSeen") : null);
    }

    private static Draft issueAlert(JsonNode data) throws AlertException {
        Labels labels = Labels.none();
        for (JsonNode tag : Fields.at(data, "event.tags")) {
            labels.add(tag.path(0).asText(), tag.path(1).asText()); // pairs of name and value
        }
        return new Draft(Alert.State.FIRING)
                .about(
                        Fields.first(labels.service(), projectOf(Fields.text(data, "event.url"))),
                        Fields.first(Fields.text(data, "event.environment"), labels.environment()))
                .severity(Fields.text(data, "event.level"))
                .dedupe("issue/" + Fields.required(data, "event.issue_id"))
                .summary(Fields.first(Fields.text(data, "event.title"), Fields.text(data, "event.message")))
                .link(Fields.text(data, "event.web_url"))
                .at(Fields.requiredTime(data, "event.datetime"));
    }

    /** An event has its project's number only; the name stands in its URL: {@code /api/0/projects/ORG/PROJECT/events/...}. */
    private static String projectOf(String url) {
        Matcher matcher = url == null ? null : PROJECT.matcher(url);
        return matcher != null && matcher.find() ? matcher.group(1) : null;
    }

    private static final Pattern PROJECT = Pattern.compile("/projects/[^/]{1,100}/([^/]{1,100})/");
}
