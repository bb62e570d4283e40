package io.jenkins.plugins.rollback.engine.trigger.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Deliveries as their vendors document them; where each is from stands in ORIGIN.md beside the files. */
public final class Bodies {

    /** File and format of each. */
    public static final Map<String, AlertFormat> ALL = Map.ofEntries(
            Map.entry("alertmanager", AlertFormat.ALERTMANAGER),
            Map.entry("grafana", AlertFormat.GRAFANA),
            Map.entry("datadog", AlertFormat.DATADOG),
            Map.entry("pagerduty", AlertFormat.PAGERDUTY),
            Map.entry("opsgenie", AlertFormat.OPSGENIE),
            Map.entry("newrelic", AlertFormat.NEW_RELIC),
            Map.entry("dynatrace", AlertFormat.DYNATRACE),
            Map.entry("sns-alarm", AlertFormat.CLOUDWATCH),
            Map.entry("sns-confirmation", AlertFormat.CLOUDWATCH),
            Map.entry("eventbridge-alarm", AlertFormat.CLOUDWATCH),
            Map.entry("sentry-metric", AlertFormat.SENTRY),
            Map.entry("sentry-issue", AlertFormat.SENTRY),
            Map.entry("sentry-event", AlertFormat.SENTRY),
            Map.entry("github", AlertFormat.GITHUB));

    private Bodies() {}

    /** The text of {@code name.json}. */
    public static String text(String name) {
        try (InputStream in = Bodies.class.getResourceAsStream(name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
