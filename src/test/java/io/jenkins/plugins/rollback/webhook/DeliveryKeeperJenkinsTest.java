package io.jenkins.plugins.rollback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.trigger.log.LoggedDelivery;
import io.jenkins.plugins.rollback.engine.trigger.log.Outcome;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** What came to an endpoint is known after a restart, and never once the endpoint is gone. */
public class DeliveryKeeperJenkinsTest {

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static List<LoggedDelivery> known() {
        return DeliveryKeeper.get().of(new WebhookEndpointConfig("alerts", "hook"));
    }

    @Test
    public void aRestartForgetsNothing() throws Throwable {
        sessions.then(jenkins -> {
            WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
            endpoint.setRunAs("monitor");
            RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint));
            Delivery delivery = new Delivery("alerts", "192.0.2.1", name -> null, new byte[0]);
            for (int i = 0; i < 3; i++) {
                assertThat(Reception.get().receive(delivery).status()).isEqualTo(401);
            }
        });
        sessions.then(jenkins -> {
            assertThat(known()).singleElement().satisfies(delivery -> {
                assertThat(delivery.outcome()).isEqualTo(Outcome.REFUSED);
                assertThat(delivery.reason()).contains("X-Rollback-Signature");
                assertThat(delivery.times()).isEqualTo(3);
            });
            RollbackConfiguration.get().setWebhookEndpoints(List.of());
        });
        sessions.then(jenkins -> assertThat(known()).isEmpty());
    }
}
