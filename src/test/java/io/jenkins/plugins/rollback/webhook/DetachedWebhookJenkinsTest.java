package io.jenkins.plugins.rollback.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.rollback.actions.GoingBack;
import io.jenkins.plugins.rollback.config.EngineLifecycle;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.SharedLedgerConfig;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresServer;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookVerifier;
import io.jenkins.plugins.rollback.harness.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** An alert arrives while the database of a shared ledger is away. */
public class DetachedWebhookJenkinsTest {

    private static final byte[] SECRET = "a secret of some length".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ALERT = ("{\"service\":\"checkout\",\"environment\":\"production\","
                    + "\"state\":\"firing\",\"dedupe\":\"a\",\"summary\":\"errors\"}")
            .getBytes(StandardCharsets.UTF_8);
    private static final Duration LONG = Duration.ofSeconds(90); // for a busy machine

    @ClassRule
    public static final PostgresServer POSTGRES = new PostgresServer();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private int post() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "release-rollback/webhook/alerts"))
                .header("Content-Type", "application/json")
                .header(
                        WebhookVerifier.HEADER,
                        WebhookVerifier.sign(SECRET, Instant.now().getEpochSecond(), ALERT))
                .POST(HttpRequest.BodyPublishers.ofByteArray(ALERT))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    public void whatAnAlertWouldStartIsProposedAndAPersonGoesBack() throws Exception {
        Database database = POSTGRES.database();
        List.of(
                        new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL, "db", null, database.user(), database.password()),
                        new StringCredentialsImpl(
                                CredentialsScope.GLOBAL,
                                "hook",
                                null,
                                Secret.fromString(new String(SECRET, StandardCharsets.UTF_8))))
                .forEach(credentials ->
                        SystemCredentialsProvider.getInstance().getCredentials().add(credentials));
        RollbackConfiguration.get().setSharedLedger(new SharedLedgerConfig(database.url(), "db"));
        EngineLifecycle.stop();
        EngineLifecycle.start();
        Shop.open(jenkins);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getById("monitor", true);
        WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
        endpoint.setRunAs("monitor");
        endpoint.setRule(WebhookEndpointConfig.Rule.START);
        RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint));
        RollbackEngine engine = RollbackEngine.get();

        POSTGRES.stop();
        Awaitility.await().atMost(LONG).until(() -> engine.ledger().detached().isPresent());
        assertThat(post()).isEqualTo(202);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> engine.deliveries().unanswered().isEmpty());
        assertThat(engine.catalog().rollbacks(Shop.CHECKOUT))
                .extracting(RollbackInfo::state)
                .containsExactly(RollbackInfo.State.PROPOSED);
        WorkflowJob back = jenkins.jenkins.getItemByFullName("checkout-rollback", WorkflowJob.class);
        assertThat(back.getNextBuildNumber()).as("builds of the way back").isEqualTo(1);
        assertThat(jenkins.jenkins.getQueue().isEmpty()).isTrue();

        new GoingBack(engine)
                .start(
                        new GoingBack.Wish(Shop.CHECKOUT, "1.4.0", "button", Actor.user("monitor"), "INC-1"),
                        User.getById("monitor", false).impersonate2());
        Awaitility.await().atMost(LONG).until(() -> back.getBuildByNumber(1) != null);
        jenkins.waitUntilNoActivity();
        long waiting = engine.ledger().size();

        POSTGRES.start();
        Awaitility.await().atMost(LONG).until(() -> engine.ledger().detached().isEmpty());
        assertThat(engine.ledger().size()).as("what was kept aside is merged").isGreaterThan(waiting);
        assertThat(engine.catalog().rollbacks(Shop.CHECKOUT))
                .as("the person took up what was proposed")
                .extracting(RollbackInfo::state)
                .containsExactly(RollbackInfo.State.REQUESTED);
    }
}
