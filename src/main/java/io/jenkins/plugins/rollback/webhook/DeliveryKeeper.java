package io.jenkins.plugins.rollback.webhook;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.rollback.config.EngineLifecycle;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.Secrets;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.trigger.log.BodyMask;
import io.jenkins.plugins.rollback.engine.trigger.log.DeliveryLog;
import io.jenkins.plugins.rollback.engine.trigger.log.LoggedDelivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Keeps the log of deliveries: in memory at once, on the disk every few seconds and when Jenkins stops. */
@Extension
public final class DeliveryKeeper extends PeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(DeliveryKeeper.class.getName());

    /** Headers that say who sent it and how; their order is that of the page. */
    private static final List<String> HEADERS = List.of(
            "User-Agent",
            "Content-Type",
            "X-Forwarded-For",
            "X-GitHub-Event",
            "Sentry-Hook-Resource",
            "x-amz-sns-message-type",
            "X-Grafana-Alerting-Timestamp");

    /** Headers that prove who sends: that they came is told, never what was in them. */
    private static final List<String> PROOFS = List.of(
            "Authorization",
            "X-Rollback-Signature",
            "X-Grafana-Alerting-Signature",
            "X-PagerDuty-Signature",
            "Sentry-Hook-Signature",
            "X-Hub-Signature-256");

    private static final int LONGEST_HEADER = 200;

    private final DeliveryLog log = new DeliveryLog(
            Jenkins.get().getRootDir().toPath().resolve(EngineLifecycle.FOLDER).resolve("deliveries"),
            Clock.systemUTC());

    static DeliveryKeeper get() {
        return ExtensionList.lookupSingleton(DeliveryKeeper.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.SECONDS.toMillis(5);
    }

    @Override
    protected void doRun() {
        flush();
    }

    /** Nothing of what came in the last seconds is lost when Jenkins stops in good order. */
    @Terminator
    @SuppressWarnings("unused") // called by Jenkins
    public static void stop() {
        get().flush();
    }

    private void flush() {
        try {
            log.flush(RollbackConfiguration.get().getWebhookEndpoints().stream()
                    .map(WebhookEndpointConfig::getId)
                    .toList());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The log of webhook deliveries could not be written", e);
        }
    }

    /** The last deliveries of an endpoint, newest first. */
    List<LoggedDelivery> of(WebhookEndpointConfig endpoint) {
        return log.of(endpoint.getId());
    }

    /** Notes what became of a delivery to an endpoint that exists. Never fails, and waits for no disk. */
    void note(WebhookEndpointConfig endpoint, Delivery sent, Handled handled) {
        LoggedDelivery delivery = LoggedDelivery.of(
                Clock.systemUTC().instant(),
                sent.from(),
                handled.outcome(),
                handled.answer().status(),
                handled.reason(),
                handled.kind(),
                handled.effects());
        log.note(
                endpoint.getId(),
                delivery,
                noted -> noted.with(
                        headers(endpoint, sent), BodyMask.of(sent.body(), secrets(endpoint)), sent.body().length));
    }

    private static List<String> headers(WebhookEndpointConfig endpoint, Delivery sent) {
        List<String> lines = new ArrayList<>();
        for (String name : HEADERS) {
            String value = sent.headers().apply(name);
            if (value != null) {
                String plain = value.replaceAll("\\p{Cntrl}", " ");
                lines.add(name + ": " + plain.substring(0, Math.min(plain.length(), LONGEST_HEADER)));
            }
        }
        Stream.concat(PROOFS.stream(), Stream.ofNullable(endpoint.getTokenHeader()))
                .filter(name -> sent.headers().apply(name) != null)
                .map(name -> name + ": ****")
                .forEach(lines::add);
        return lines;
    }

    private static List<String> secrets(WebhookEndpointConfig endpoint) {
        return Stream.of(endpoint.getCredentialsId(), endpoint.getPreviousCredentialsId())
                .flatMap(id -> Secrets.text(id).stream())
                .map(secret -> new String(secret, StandardCharsets.UTF_8))
                .toList();
    }
}
