package io.jenkins.plugins.rollback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertParser;
import io.jenkins.plugins.rollback.harness.Shop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsSessionRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What was acknowledged is done after a restart, once. */
public class RecoveryJenkinsTest {

    private static final String ALERT =
            "{\"service\":\"checkout\",\"environment\":\"production\",\"state\":\"firing\"}";

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Test
    public void acceptedAndRequestedWorkIsTakenUpOnce() throws Throwable {
        sessions.then(jenkins -> {
            Shop.open(jenkins);
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Item.READ, Item.BUILD, RollbackPermissions.EXECUTE)
                    .everywhere()
                    .to("monitor"));
            User.getById("monitor", true).save();
            WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
            endpoint.setRunAs("monitor");
            endpoint.setRule(WebhookEndpointConfig.Rule.START);
            RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint));
            // recorded and answered; Jenkins dies before the effect
            RollbackEngine engine = RollbackEngine.get();
            engine.deliveries()
                    .receive(
                            "alerts",
                            new AlertParser(AlertFormat.PLAIN)
                                    .parse(ALERT.getBytes(StandardCharsets.UTF_8))
                                    .alerts()
                                    .get(0),
                            new Signed("ab".repeat(16), 1),
                            "start",
                            "rb-ANNOUNCED");
        });
        sessions.then(jenkins -> {
            assertThat(builds()).isEqualTo(1);
            assertThat(RollbackEngine.get().catalog().rollback("rb-ANNOUNCED")).isPresent();
            jenkins.waitUntilNoActivity();
        });
        sessions.then(jenkins -> assertThat(builds()).isEqualTo(1));
    }

    @Test
    public void aRequestWhoseWayBackNeverStartedIsStarted() throws Throwable {
        sessions.then(jenkins -> {
            Shop.open(jenkins);
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Item.READ, Item.BUILD)
                    .everywhere()
                    .to("alice"));
            User.getById("alice", true).save();
            RollbackEngine.get()
                    .rollbacks()
                    .requested(
                            "rb-CLICKED",
                            Shop.CHECKOUT,
                            "1.4.1",
                            "1.4.0",
                            null,
                            "button",
                            null,
                            Actor.user("alice"),
                            "x");
        });
        sessions.then(jenkins -> {
            assertThat(builds()).isEqualTo(1);
            jenkins.waitUntilNoActivity();
        });
    }

    private static int builds() throws InterruptedException {
        WorkflowJob back = Jenkins.get().getItemByFullName("checkout-rollback", WorkflowJob.class);
        org.awaitility.Awaitility.await().until(() -> Jenkins.get().getQueue().isEmpty());
        return back.getNextBuildNumber() - 1;
    }
}
