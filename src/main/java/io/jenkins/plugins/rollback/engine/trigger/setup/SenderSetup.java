package io.jenkins.plugins.rollback.engine.trigger.setup;

import io.jenkins.plugins.rollback.engine.trigger.auth.Authentication;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * How to make a sender send to an endpoint: what to enter where, with the endpoint's own address, ready to paste. Secrets
 * are placeholders; nobody reads one on a page. The same stands in {@code docs/how-to/webhook.md}, which a test compares.
 */
public final class SenderSetup {

    /** Where the secret belongs in what is pasted. */
    public static final String SECRET = "<secret>";

    private final String url;
    private final Authentication authentication;
    private final String tokenHeader;
    private final List<SetupStep> steps = new ArrayList<>();

    private SenderSetup(String url, Authentication authentication, String tokenHeader) {
        this.url = url;
        this.authentication = authentication;
        this.tokenHeader = tokenHeader == null ? "X-Rollback-Token" : tokenHeader;
    }

    /**
     * The steps for a sender.
     *
     * @param url of the endpoint
     * @param tokenHeader name of the header for {@link Authentication#HEADER}, else ignored; {@code null} for a usual one
     */
    public static List<SetupStep> of(
            AlertFormat format, Authentication authentication, String url, String tokenHeader) {
        SenderSetup setup = new SenderSetup(url, authentication, tokenHeader);
        setup.write(format);
        return List.copyOf(setup.steps);
    }

    private void write(AlertFormat format) {
        if (authentication == Authentication.SIGNED && format != AlertFormat.PLAIN && format != AlertFormat.MAPPED) {
            step(format.title() + " cannot make our signature. Choose another way to prove who sends, or send from a"
                    + " script that signs what it forwards.");
            step("As a script:", script("{...}"));
            return;
        }
        switch (format) {
            case PLAIN -> step(
                    "Send from a script:",
                    script("{\"service\":\"checkout\",\"environment\":\"production\",\"state\":\"firing\","
                            + "\"dedupe\":\"errors-4711\"}"));
            case ALERTMANAGER -> alertmanager();
            case GRAFANA -> grafana();
            case DATADOG -> {
                step("Integrations » Webhooks » New. URL:", url);
                step("Custom headers:", headersAsJson());
                step("Payload:", Snippets.DATADOG);
                step("Tag the monitor service: and env:, and name @webhook-<name> in its message.");
            }
            case PAGERDUTY -> {
                step("Integrations » Generic Webhooks (v3) » New. Events: triggered, reopened, resolved. URL:", url);
                step(
                        "PagerDuty shows the secret once: make it the endpoint's credential. The service in PagerDuty has the"
                                + " service's name, or checkout/production.");
                tokenHeaderStep();
            }
            case OPSGENIE -> {
                step("Settings » Integrations » Webhook, actions Create and Close. URL:", url);
                tokenHeaderStep();
                step("Tag alerts service:checkout and environment:production.");
            }
            case NEW_RELIC -> {
                step("Alerts » Destinations » Webhook. URL:", url);
                tokenHeaderStep();
                step("In the workflow's payload template add to the default:", Snippets.NEW_RELIC);
            }
            case DYNATRACE -> {
                step("Settings » Integration » Problem notifications » Custom integration. URL:", url);
                tokenHeaderStep();
                step("Payload:", Snippets.DYNATRACE);
                step("Tag what is monitored service: and environment:.");
            }
            case CLOUDWATCH -> cloudWatch();
            case SENTRY -> {
                step(
                        "Settings » Custom integrations » New internal integration; Alert rule action on, resource issue."
                                + " Webhook URL:",
                        url);
                step(
                        "The secret is the integration's client secret. The service is the project; changes of issues say no"
                                + " environment, so fix it in the endpoint.");
                tokenHeaderStep();
            }
            case GITHUB -> {
                step(
                        "Repository » Settings » Webhooks » Add: content type application/json, only the event Deployment"
                                + " statuses. Payload URL:",
                        url);
                step("Its secret is the endpoint's. The service is the repository's name.");
                tokenHeaderStep();
            }
            case MAPPED -> mapped();
        }
    }

    private void step(String text) {
        steps.add(new SetupStep(text, null));
    }

    private void step(String text, String snippet) {
        steps.add(new SetupStep(text, snippet));
    }

    private boolean isToken() {
        return authentication == Authentication.BEARER || authentication == Authentication.HEADER;
    }

    private String tokenName() {
        return authentication == Authentication.BEARER ? "Authorization" : tokenHeader;
    }

    private String tokenValue() {
        return (authentication == Authentication.BEARER ? "Bearer " : "") + SECRET;
    }

    private void tokenHeaderStep() {
        if (isToken()) {
            step("Custom header:", tokenName() + ": " + tokenValue());
        }
    }

    private String headersAsJson() {
        return "{\"" + tokenName() + "\": \"" + tokenValue() + "\"}";
    }

    private void alertmanager() {
        step(
                "Add to alertmanager.yml, and put the secret alone into the file that is named there:",
                authentication == Authentication.HEADER
                        ? String.format(Snippets.ALERTMANAGER_HEADER, url, tokenHeader)
                        : String.format(Snippets.ALERTMANAGER, url));
        if (authentication == Authentication.HEADER) {
            step("Alertmanager sends headers of your own since 0.28; an older one sends a bearer token.");
        }
        step("Lead alerts there by a route, and label them service and environment (or env).");
    }

    private void grafana() {
        step("Alerting » Contact points » Add » Webhook. URL:", url);
        if (isToken()) {
            step(
                    authentication == Authentication.BEARER
                            ? "Authorization header: scheme Bearer, credentials the secret."
                            : "Extra headers:",
                    authentication == Authentication.BEARER ? null : tokenName() + ": " + tokenValue());
        } else {
            step(
                    "Under HMAC signature: the secret, and these names. Without the second Grafana signs no time and is"
                            + " refused. Needs Grafana 12.",
                    Snippets.GRAFANA);
        }
        step("Label alerts service and environment (or env).");
    }

    private void cloudWatch() {
        if (isToken()) {
            step(
                    "EventBridge: a rule for CloudWatch Alarm State Change with an API destination, method POST. Endpoint:",
                    url);
            step("The connection's authorization is of kind API key:", tokenName() + ": " + tokenValue());
        } else {
            step("SNS: set the topic's attribute SignatureVersion to 2.", Snippets.SNS);
            step(
                    "Put the topic's ARN and SNS's certificate into the endpoint; the how-to says where it comes from. Then"
                            + " subscribe this HTTPS address:",
                    url);
            step("SNS asks for a confirmation; Manage Jenkins shows its address.");
        }
        step("Service and environment are dimensions of the alarm's metric, or fixed by the endpoint.");
    }

    private void mapped() {
        step("Send JSON by POST with Content-Type: application/json to:", url);
        step("From a script:", script("{...}"));
    }

    private String script(String body) {
        return isToken()
                ? String.format(Snippets.TOKEN_SCRIPT, tokenName() + ": " + tokenValue(), body, url)
                : String.format(Snippets.SCRIPT, SECRET, url, body);
    }
}
