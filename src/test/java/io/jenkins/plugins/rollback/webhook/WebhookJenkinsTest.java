package io.jenkins.plugins.rollback.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.rollback.actions.GoingBack;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookVerifier;
import io.jenkins.plugins.rollback.harness.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

public class WebhookJenkinsTest {

    private static final byte[] SECRET = "a secret of some length".getBytes(StandardCharsets.UTF_8);
    private static final String ALERT =
            "{\"service\":\"checkout\",\"environment\":\"production\",\"state\":\"firing\",\"dedupe\":\"%s\","
                    + "\"summary\":\"errors <b>up</b>\"}";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @Before
    public void aDoorIsOpen() throws Exception {
        Shop.open(jenkins);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "hook", null, Secret.fromString(new String(SECRET))));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, RollbackPermissions.EXECUTE)
                .everywhere()
                .to("monitor")
                .grant(Jenkins.READ)
                .everywhere()
                .to("weak"));
        User.getById("monitor", true);
        User.getById("weak", true);
        endpoint("monitor", WebhookEndpointConfig.Rule.START);
    }

    @After
    public void whatWasStartedIsThrough() throws Exception {
        await().until(() -> RollbackEngine.get().deliveries().unanswered().isEmpty());
        jenkins.waitUntilNoActivity(); // else a build still writes while its Jenkins is deleted
    }

    private static void endpoint(String runAs, WebhookEndpointConfig.Rule rule) {
        WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
        endpoint.setRunAs(runAs);
        endpoint.setRule(rule);
        RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint));
    }

    private HttpRequest.Builder to(String id) throws Exception {
        return HttpRequest.newBuilder(URI.create(jenkins.getURL() + "release-rollback/webhook/" + id))
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String id, String body, byte[] secret, long time) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(to(id).header(WebhookVerifier.HEADER, WebhookVerifier.sign(secret, time, bytes))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post("alerts", body, SECRET, Instant.now().getEpochSecond());
    }

    private static List<RollbackInfo> rollbacks() {
        return RollbackEngine.get().catalog().rollbacks(Shop.CHECKOUT);
    }

    @Test
    public void anAlertStartsTheWayBackAsTheConfiguredUser() throws Exception {
        HttpResponse<String> answer = post(ALERT.formatted("a"));
        assertThat(answer.statusCode()).isEqualTo(202);
        JsonNode body = json.readTree(answer.body());
        WorkflowJob back = jenkins.jenkins.getItemByFullName("checkout-rollback", WorkflowJob.class);
        await().until(() -> back.getBuildByNumber(1) != null);
        WorkflowRun run = back.getBuildByNumber(1);
        jenkins.waitForCompletion(run);
        ParametersAction parameters = run.getAction(ParametersAction.class);
        assertThat(parameters.getParameter("RELEASE").getValue()).isEqualTo("1.4.0");
        assertThat(parameters.getParameter("ROLLBACK_ID").getValue())
                .isEqualTo(body.get("rollback").asText());
        assertThat(rollbacks()).singleElement().satisfies(rollback -> {
            assertThat(rollback.state()).isEqualTo(RollbackInfo.State.REQUESTED);
            assertThat(rollback.trigger()).isEqualTo("webhook");
            assertThat(rollback.from()).isEqualTo("1.4.1");
        });
        // persisted before it was answered, and before it took effect
        assertThat(RollbackEngine.get().catalog().timeline(body.get("rollback").asText()))
                .extracting(entry -> entry.kind())
                .startsWith(EventKind.TRIGGER_RECEIVED, EventKind.ROLLBACK_REQUESTED);
        assertThat(RollbackEngine.get().deliveries().unanswered()).isEmpty();
    }

    @Test
    public void onHoldAnAlertOnlyProposesAndAPersonGoesBack() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        assertThat(engine.guard().compare("a witness", "other/1\n9\nroot\n\n\u2014 other/1 AAAA\n"))
                .isFalse();
        assertThat(post(ALERT.formatted("a")).statusCode()).isEqualTo(202);
        await().until(() -> engine.deliveries().unanswered().isEmpty());
        assertThat(rollbacks()).singleElement().satisfies(rollback -> assertThat(rollback.state())
                .isEqualTo(RollbackInfo.State.PROPOSED));
        WorkflowJob back = jenkins.jenkins.getItemByFullName("checkout-rollback", WorkflowJob.class);
        assertThat(back.getNextBuildNumber()).isEqualTo(1);
        assertThat(jenkins.jenkins.getQueue().isEmpty()).isTrue();

        new GoingBack(engine)
                .start(
                        new GoingBack.Wish(Shop.CHECKOUT, "1.4.0", "button", Actor.user("monitor"), "INC-1"),
                        User.getById("monitor", false).impersonate2());
        await().until(() -> back.getBuildByNumber(1) != null);
    }

    @Test
    public void theSameIncidentTriggersOnce() throws Exception {
        endpoint("monitor", WebhookEndpointConfig.Rule.PROPOSE);
        assertThat(post(ALERT.formatted("a")).statusCode()).isEqualTo(202);
        long now = Instant.now().getEpochSecond();
        for (int i = 1; i <= 20; i++) {
            HttpResponse<String> again = post("alerts", ALERT.formatted("a"), SECRET, now + i);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).contains("ignored");
        }
        await().until(() -> RollbackEngine.get().deliveries().unanswered().isEmpty());
        assertThat(rollbacks()).singleElement().satisfies(rollback -> assertThat(rollback.state())
                .isEqualTo(RollbackInfo.State.PROPOSED));
    }

    @Test
    public void whoCannotSignLearnsNothing() throws Exception {
        long now = Instant.now().getEpochSecond();
        String alert = ALERT.formatted("a");
        HttpResponse<String> wrong = post("alerts", alert, "another".getBytes(StandardCharsets.UTF_8), now);
        HttpResponse<String> unknown = post("nonesuch", alert, SECRET, now);
        HttpResponse<String> stale = post("alerts", alert, SECRET, now - 301);
        HttpResponse<String> unsigned = send(to("alerts").POST(HttpRequest.BodyPublishers.ofString(alert)));
        HttpResponse<String> malformed = send(to("alerts")
                .header(WebhookVerifier.HEADER, "t=x,v1=y")
                .POST(HttpRequest.BodyPublishers.ofString(alert)));
        HttpResponse<String> inQuery = send(
                to("alerts?token=a%20secret%20of%20some%20length").POST(HttpRequest.BodyPublishers.ofString(alert)));
        for (HttpResponse<String> answer : List.of(wrong, unknown, stale, unsigned, malformed, inQuery)) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo(wrong.body());
        }
        assertThat(rollbacks()).isEmpty();
        assertThat(RollbackEngine.get().deliveries().unanswered()).isEmpty();
    }

    @Test
    public void aReplayedDeliveryIsRefused() throws Exception {
        long now = Instant.now().getEpochSecond();
        assertThat(post("alerts", ALERT.formatted("a"), SECRET, now).statusCode())
                .isEqualTo(202);
        assertThat(post("alerts", ALERT.formatted("a"), SECRET, now).statusCode())
                .isEqualTo(401);
    }

    @Test
    public void badInputGetsTheRightAnswerInOneLine() throws Exception {
        String deep = "{\"a\":".repeat(200) + "1" + "}".repeat(200);
        assertThat(post(deep).statusCode()).isEqualTo(400);
        assertThat(post("not json").statusCode()).isEqualTo(400);
        assertThat(post("{\"service\":\"a\",\"service\":\"b\"}").statusCode()).isEqualTo(400);
        HttpResponse<String> name = post(ALERT.formatted("a").replace("checkout", "../x"));
        assertThat(name.statusCode()).isEqualTo(400);
        assertThat(name.body())
                .startsWith("{\"error\":\"service: ")
                .hasLineCount(1)
                .doesNotContain("Exception");
        assertThat(send(to("alerts").GET()).statusCode()).isEqualTo(405);
        assertThat(send(HttpRequest.newBuilder(URI.create(jenkins.getURL() + "release-rollback/webhook/alerts"))
                                .header("Content-Type", "text/xml")
                                .POST(HttpRequest.BodyPublishers.ofString("<a/>")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(to("alerts").header("Content-Encoding", "gzip").POST(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    public void aHugeBodyIsNotRead() throws Exception {
        byte[] huge = new byte[50 << 20];
        int status;
        try {
            status = send(to("alerts").POST(HttpRequest.BodyPublishers.ofByteArray(huge)))
                    .statusCode();
        } catch (java.io.IOException e) {
            status = 413; // the server answered and hung up while we were still sending
        }
        assertThat(status).isEqualTo(413);
        assertThat(post(ALERT.formatted("a")).statusCode()).isEqualTo(202);
    }

    @Test
    public void aUserWithoutThePermissionStartsNothing() throws Exception {
        endpoint("weak", WebhookEndpointConfig.Rule.START);
        JsonNode body = json.readTree(post(ALERT.formatted("a")).body());
        await().until(() -> RollbackEngine.get().deliveries().unanswered().isEmpty());
        assertThat(rollbacks()).isEmpty();
        assertThat(RollbackEngine.get().catalog().timeline(body.get("rollback").asText()))
                .last()
                .satisfies(entry -> {
                    assertThat(entry.kind()).isEqualTo(EventKind.ESCALATION);
                    assertThat(entry.text("cause")).contains("may not roll back");
                });
    }

    @Test
    public void onlyThisPathIsFreeOfCrumbs() throws Exception {
        jenkins.jenkins.setCrumbIssuer(new hudson.security.csrf.DefaultCrumbIssuer(false));
        for (String path : List.of(
                "job/checkout/release-rollback/webhook/alerts",
                "job/checkout/release-rollback/claim?service=x",
                "release-rollback/webhook/alerts/../../../quietDown")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
            assertThat(status).as(path).isIn(400, 403);
        }
        assertThat(post(ALERT.formatted("crumb")).statusCode()).isEqualTo(202);
    }
}
