package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.time.Instant;

/**
 * The webhook of Prometheus Alertmanager, version 4, and of Grafana's unified alerting, which has the same shape. Service,
 * environment and severity are labels of the alert. An incident is a fingerprint and when it started: the same alert that
 * fires again later is another one, however often Alertmanager repeats it meanwhile, and even when its end got lost.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">webhook_config</a>
 * @see <a href="https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/">Grafana</a>
 */
final class AlertmanagerReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        for (JsonNode alert : Fields.array(body, "alerts")) {
            found.add(() -> alert(alert));
        }
    }

    private static Draft alert(JsonNode alert) throws AlertException {
        boolean firing = firing(Fields.required(alert, "status"));
        Labels labels = Labels.of(Fields.object(alert, "labels"));
        Instant start = Fields.requiredTime(alert, "startsAt");
        Instant end = firing ? null : Fields.time(alert, "endsAt");
        return new Draft(firing ? Alert.State.FIRING : Alert.State.RESOLVED)
                .about(labels)
                .severity(labels.get("severity"))
                .dedupe(Fields.required(alert, "fingerprint") + "@" + start)
                .summary(Fields.first(Fields.text(alert, "annotations.summary"), labels.get("alertname")))
                .link(Fields.first(
                        Fields.text(alert, "panelURL"),
                        Fields.text(alert, "dashboardURL"),
                        Fields.text(alert, "generatorURL")))
                .at(firing ? start : end);
    }

    private static boolean firing(String status) throws AlertException {
        return switch (status) {
            case "firing" -> true;
            case "resolved" -> false;
            default -> throw new AlertException(
                    "status", "expected firing or resolved, found '" + Fields.clip(status) + "'");
        };
    }
}
