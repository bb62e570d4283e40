package io.jenkins.plugins.rollback.engine.trigger.format;

/** Whose words an endpoint understands. */
public enum AlertFormat {
    /** Our own. */
    PLAIN("Release Rollback's own JSON", new PlainReader()),
    ALERTMANAGER("Prometheus Alertmanager", new AlertmanagerReader()),
    GRAFANA("Grafana alerting", new AlertmanagerReader()),
    DATADOG("Datadog", new DatadogReader()),
    PAGERDUTY("PagerDuty v3", new PagerDutyReader()),
    OPSGENIE("Opsgenie", new OpsgenieReader()),
    NEW_RELIC("New Relic", new NewRelicReader()),
    DYNATRACE("Dynatrace", new DynatraceReader()),
    /** Over SNS or EventBridge. */
    CLOUDWATCH("AWS CloudWatch alarm", new CloudWatchReader()),
    SENTRY("Sentry", new SentryReader()),
    GITHUB("GitHub deployment status", new GitHubReader()),
    /** Any JSON, by an {@link AlertMapping}. */
    MAPPED("Other JSON, by a mapping", null);

    private final String title;
    private final AlertReader reader;

    AlertFormat(String title, AlertReader reader) {
        this.title = title;
        this.reader = reader;
    }

    /** For people; names of products are the same in every language. */
    public String title() {
        return title;
    }

    AlertReader reader(AlertMapping mapping) {
        if (reader == null && mapping == null) {
            throw new IllegalArgumentException("the format needs a mapping");
        }
        return reader == null ? mapping : reader;
    }
}
