package io.jenkins.plugins.rollback.engine.trigger.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;

/**
 * An alarm of AWS CloudWatch, as SNS delivers it (the alarm is JSON in the text {@code Message}) or as EventBridge does.
 * Service and environment are dimensions of the alarm's metric. {@code INSUFFICIENT_DATA} says nothing for sure.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html">SNS over HTTP</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html">EventBridge</a>
 */
final class CloudWatchReader implements AlertReader {

    @Override
    public void read(JsonNode body, Drafts found) throws AlertException {
        if (body.has("detail-type")) {
            found.add(() -> event(body));
        } else if (Fields.required(body, "Type").equals("Notification")) {
            JsonNode alarm = JsonBody.read("Message", Fields.required(body, "Message"));
            found.add(() -> alarm(alarm));
        }
    }

    private static Draft alarm(JsonNode alarm) throws AlertException {
        Alert.State state = state(Fields.required(alarm, "NewStateValue"));
        if (state == null) {
            return null;
        }
        Labels labels = Labels.none();
        for (JsonNode dimension : Fields.at(alarm, "Trigger.Dimensions")) {
            labels.add(dimension.path("name").asText(), dimension.path("value").asText());
        }
        return new Draft(state)
                .about(labels)
                .dedupe(Fields.required(alarm, "AlarmArn"))
                .summary(summary(Fields.text(alarm, "AlarmName"), Fields.text(alarm, "NewStateReason")))
                .at(Fields.requiredTime(alarm, "StateChangeTime"));
    }

    private static Draft event(JsonNode event) throws AlertException {
        Alert.State state = state(Fields.required(event, "detail.state.value"));
        if (state == null) {
            return null;
        }
        Labels labels = Labels.none();
        for (JsonNode metric : Fields.at(event, "detail.configuration.metrics")) {
            Fields.at(metric, "metricStat.metric.dimensions")
                    .fields()
                    .forEachRemaining(dimension ->
                            labels.add(dimension.getKey(), dimension.getValue().asText()));
        }
        String name = Fields.required(event, "detail.alarmName");
        return new Draft(state)
                .about(labels)
                .dedupe(Fields.required(event, "account") + "/" + Fields.required(event, "region") + "/" + name)
                .summary(summary(name, Fields.text(event, "detail.state.reason")))
                .at(Fields.requiredTime(event, "detail.state.timestamp"));
    }

    private static Alert.State state(String value) throws AlertException {
        return switch (value) {
            case "ALARM" -> Alert.State.FIRING;
            case "OK" -> Alert.State.RESOLVED;
            case "INSUFFICIENT_DATA" -> null;
            default -> throw new AlertException(
                    "NewStateValue", "expected ALARM, OK or INSUFFICIENT_DATA, found '" + Fields.clip(value) + "'");
        };
    }

    private static String summary(String name, String reason) {
        return name == null || reason == null ? Fields.first(name, reason) : name + ": " + reason;
    }
}
