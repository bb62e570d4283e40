package io.jenkins.plugins.rollback.engine.trigger.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Alert;
import io.jenkins.plugins.rollback.engine.trigger.AlertException;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

/** What each vendor documents, read. */
public class VendorFormatsTest {

    private static final Target CHECKOUT = new Target("checkout", "production");

    private static Reading read(AlertFormat format, String body) throws AlertException {
        return new AlertParser(format).parse(body.getBytes(UTF_8));
    }

    private static Alert one(AlertFormat format, String body) throws AlertException {
        Reading reading = read(format, body);
        assertThat(reading.skipped()).isEmpty();
        assertThat(reading.alerts()).hasSize(1);
        return reading.alerts().get(0);
    }

    private static void assertNothing(AlertFormat format, String body) throws AlertException {
        assertThat(read(format, body)).isEqualTo(new Reading(List.of(), List.of()));
    }

    private static void assertRefused(AlertFormat format, String body, String message) {
        assertThatThrownBy(() -> read(format, body))
                .isInstanceOf(AlertException.class)
                .hasMessage(message);
    }

    @Test
    public void alertmanager() throws Exception {
        Reading reading = read(AlertFormat.ALERTMANAGER, Bodies.text("alertmanager"));

        assertThat(reading.alerts())
                .containsExactly(
                        new Alert(
                                CHECKOUT,
                                "critical",
                                "c6eadffa33fcdf37@2026-11-22T07:58:14.123Z",
                                Alert.State.FIRING,
                                "5 % of requests fail",
                                "http://prometheus.example.org:9090/graph?g0.expr=errors&g0.tab=1",
                                Instant.parse("2026-11-22T07:58:14.123Z")),
                        new Alert(
                                new Target("search", "production"),
                                "warning",
                                "bc97ff14869b13e3@2026-11-22T06:00:00Z",
                                Alert.State.RESOLVED,
                                "HighLatency",
                                "http://prometheus.example.org:9090/graph?g0.expr=latency&g0.tab=1",
                                Instant.parse("2026-11-22T07:57:00Z")));
        assertThat(reading.skipped()).as("an alert about no service").containsExactly("service: service is missing");
        assertRefused(AlertFormat.ALERTMANAGER, "{}", "alerts: expected an array, found nothing");
        assertRefused(
                AlertFormat.ALERTMANAGER,
                "{\"alerts\": [{\"status\": \"pending\"}]}",
                "status: expected firing or resolved, found 'pending'");
        assertRefused(
                AlertFormat.ALERTMANAGER, "{\"alerts\": [" + "{},".repeat(500) + "{}]}", "body: more than 500 alerts");
    }

    @Test
    public void grafana() throws Exception {
        assertThat(one(AlertFormat.GRAFANA, Bodies.text("grafana")))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "unspecified",
                        "c6eadffa33fcdf37@2021-10-12T07:51:03.157076Z",
                        Alert.State.FIRING,
                        "This alert was triggered for zone us-1",
                        "https://play.grafana.org/alerting/1afz29v7z/edit",
                        Instant.parse("2021-10-12T07:51:03.157076Z")));
    }

    @Test
    public void datadog() throws Exception {
        String body = Bodies.text("datadog");
        assertThat(one(AlertFormat.DATADOG, body))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "P1",
                        "9bd4ac313a4d1e8fae2482df7b77628/5f3b2c1d0e9a8b7c",
                        Alert.State.FIRING,
                        "[P1] [Triggered] Error rate is high on checkout",
                        "https://app.datadoghq.com/monitors#1234?to_ts=1763798294000",
                        Instant.ofEpochMilli(1_763_798_294_000L)));
        assertThat(one(AlertFormat.DATADOG, body.replace("\"Triggered\"", "\"Recovered\""))
                        .state())
                .isEqualTo(Alert.State.RESOLVED);
        assertNothing(AlertFormat.DATADOG, body.replace("\"Triggered\"", "\"Warn\""));
        assertRefused(
                AlertFormat.DATADOG,
                body.replace("role:computing-node\",\n  \"title", "service:search\",\n  \"title"),
                "service: is said twice: 'checkout', 'search'");
    }

    @Test
    public void pagerDuty() throws Exception {
        String body = Bodies.text("pagerduty");
        assertThat(one(AlertFormat.PAGERDUTY, body))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "P1",
                        "PGR0VU2",
                        Alert.State.FIRING,
                        "A little bump in the road",
                        "https://acme.pagerduty.com/incidents/PGR0VU2",
                        Instant.parse("2026-11-22T07:58:14.123Z")));
        assertThat(one(AlertFormat.PAGERDUTY, body.replace("incident.triggered", "incident.resolved"))
                        .state())
                .isEqualTo(Alert.State.RESOLVED);
        assertNothing(AlertFormat.PAGERDUTY, body.replace("incident.triggered", "incident.acknowledged"));
        assertNothing(AlertFormat.PAGERDUTY, "{\"event\": {\"event_type\": \"pagey.ping\"}}");
        assertRefused(
                AlertFormat.PAGERDUTY,
                body.replace("\"2026-11-22T07:58:14.123Z\"", "\"yesterday\""),
                "event.occurred_at: expected a time, found 'yesterday'");
    }

    @Test
    public void opsgenie() throws Exception {
        String body = Bodies.text("opsgenie");
        assertThat(one(AlertFormat.OPSGENIE, body))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "P1",
                        "052652ac-5d1c-464a-812a-7dd18bbfba8c",
                        Alert.State.FIRING,
                        "test alert",
                        "",
                        Instant.ofEpochMilli(1_686_916_265_415L)));
        Alert closed = one(AlertFormat.OPSGENIE, body.replace("\"Create\"", "\"Close\""));
        assertThat(closed.state()).isEqualTo(Alert.State.RESOLVED);
        assertThat(closed.at()).isEqualTo(Instant.ofEpochMilli(1_686_916_266_116L));
        assertNothing(AlertFormat.OPSGENIE, body.replace("\"Create\"", "\"Acknowledge\""));
    }

    @Test
    public void newRelic() throws Exception {
        String body = Bodies.text("newrelic");
        assertThat(one(AlertFormat.NEW_RELIC, body))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "CRITICAL",
                        "d1b1f3fd-995a-4066-88ab-8ce4f6960654",
                        Alert.State.FIRING,
                        "Memory Used % > 90 for at least 2 minutes on 'checkout'",
                        "https://radar-api.service.newrelic.com/accounts/1/issues/0ea2df1c-adab-45d2-aae0-042b609d2322",
                        Instant.ofEpochMilli(1_617_881_246_260L)));
        assertThat(one(AlertFormat.NEW_RELIC, body.replace("ACTIVATED", "CLOSED"))
                        .state())
                .isEqualTo(Alert.State.RESOLVED);
        assertNothing(AlertFormat.NEW_RELIC, body.replace("ACTIVATED", "ACKNOWLEDGED"));
        assertRefused(
                AlertFormat.NEW_RELIC,
                body.replace("\"service\": [\"checkout\"]", "\"service\": [\"a\", \"b\"]"),
                "service: is said twice: 'a', 'b'");
    }

    @Test
    public void dynatrace() throws Exception {
        String body = Bodies.text("dynatrace");
        assertThat(one(AlertFormat.DYNATRACE, body))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "ERROR",
                        "-4567890123456789012_1763798294000V2",
                        Alert.State.FIRING,
                        "Failure rate increase",
                        "https://example.live.dynatrace.com/#problems/problemdetails;pid=-4567890123456789012_1763798294000V2",
                        null));
        assertThat(one(AlertFormat.DYNATRACE, body.replace("OPEN", "RESOLVED")).state())
                .isEqualTo(Alert.State.RESOLVED);
        assertNothing(AlertFormat.DYNATRACE, body.replace("OPEN", "MERGED"));
    }

    @Test
    public void cloudWatchOverSnsAndEventBridge() throws Exception {
        String body = Bodies.text("sns-alarm");
        Alert alarm = one(AlertFormat.CLOUDWATCH, body);
        assertThat(alarm.target()).isEqualTo(CHECKOUT);
        assertThat(alarm.dedupe()).isEqualTo("arn:aws:cloudwatch:us-west-2:123456789012:alarm:checkout errors");
        assertThat(alarm.summary()).startsWith("checkout errors: Threshold Crossed");
        assertThat(alarm.at()).isEqualTo(Instant.parse("2026-11-22T07:58:14.730Z"));
        assertThat(one(
                                AlertFormat.CLOUDWATCH,
                                body.replace("NewStateValue\\\": \\\"ALARM", "NewStateValue\\\": \\\"OK"))
                        .state())
                .isEqualTo(Alert.State.RESOLVED);
        assertNothing(
                AlertFormat.CLOUDWATCH,
                body.replace("NewStateValue\\\": \\\"ALARM", "NewStateValue\\\": \\\"INSUFFICIENT_DATA"));
        assertNothing(AlertFormat.CLOUDWATCH, Bodies.text("sns-confirmation"));
        assertRefused(
                AlertFormat.CLOUDWATCH,
                "{\"Type\": \"Notification\", \"Message\": \"" + "[".repeat(99) + "\"}",
                "Message: not the JSON that is wanted: Document nesting depth (33) exceeds the maximum allowed (32, from"
                        + " `StreamReadConstraints.getMaxNestingDepth()`)");

        Alert event = one(AlertFormat.CLOUDWATCH, Bodies.text("eventbridge-alarm"));
        assertThat(event.target()).isEqualTo(CHECKOUT);
        assertThat(event.dedupe()).isEqualTo("123456789012/us-east-1/checkout-errors");
        assertThat(event.at()).isEqualTo(Instant.parse("2026-11-22T07:58:14.730Z"));
    }

    @Test
    public void sentry() throws Exception {
        String metric = Bodies.text("sentry-metric");
        assertThat(one(AlertFormat.SENTRY, metric))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "critical",
                        "metric/4",
                        Alert.State.FIRING,
                        "Critical: Too many errors",
                        "https://sentry.io/organizations/baz/alerts/1/",
                        Instant.parse("2026-11-22T07:58:14Z")));
        assertThat(one(AlertFormat.SENTRY, metric.replace("\"critical\"", "\"resolved\""))
                        .state())
                .isEqualTo(Alert.State.RESOLVED);
        assertRefused(
                AlertFormat.SENTRY,
                metric.replace("[\"checkout\"]", "[\"a\", \"b\"]"),
                "metric_alert.projects: expected one, found 2");

        Alert event = one(AlertFormat.SENTRY, Bodies.text("sentry-event"));
        assertThat(event.target()).as("the project stands in the URL only").isEqualTo(CHECKOUT);
        assertThat(event.dedupe()).isEqualTo("issue/1170820242");

        String issue = Bodies.text("sentry-issue");
        assertRefused(AlertFormat.SENTRY, issue, "environment: environment is missing");
        AlertParser fixed = new AlertParser(AlertFormat.SENTRY, null, null, "production");
        assertThat(fixed.parse(issue.getBytes(UTF_8)).alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.target()).isEqualTo(CHECKOUT));
        assertNothing(AlertFormat.SENTRY, issue.replace("\"created\"", "\"assigned\""));
    }

    @Test
    public void gitHub() throws Exception {
        String body = Bodies.text("github");
        assertThat(one(AlertFormat.GITHUB, body))
                .isEqualTo(new Alert(
                        CHECKOUT,
                        "failure",
                        "Codertocat/checkout/145988746",
                        Alert.State.FIRING,
                        "smoke test failed",
                        "https://github.com/Codertocat/checkout/actions/runs/1",
                        Instant.parse("2026-11-22T07:58:14Z")));
        assertThat(one(AlertFormat.GITHUB, body.replace("\"failure\"", "\"success\""))
                        .state())
                .isEqualTo(Alert.State.RESOLVED);
        assertNothing(AlertFormat.GITHUB, body.replace("\"failure\"", "\"in_progress\""));
        assertNothing(AlertFormat.GITHUB, "{\"zen\": \"Design for failure.\", \"hook_id\": 1}");
    }

    @Test
    public void whatTheEndpointFixesIsNotForTheSenderToSay() throws Exception {
        AlertParser fixed = new AlertParser(AlertFormat.GITHUB, null, "shop", "staging");

        assertThat(fixed.parse(Bodies.text("github").getBytes(UTF_8)).alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.target()).isEqualTo(new Target("shop", "staging")));
    }

    @Test
    public void aLinkIsAWebPageOrNothing() throws Exception {
        String body = Bodies.text("github");
        for (String link : List.of("javascript:alert(1)", "https://a b", "https://x/\\\"onclick", "ftp://x/y")) {
            Alert alert = one(
                    AlertFormat.GITHUB, body.replace("https://github.com/Codertocat/checkout/actions/runs/1", link));
            assertThat(alert.link()).as(link).isEmpty();
        }
    }
}
