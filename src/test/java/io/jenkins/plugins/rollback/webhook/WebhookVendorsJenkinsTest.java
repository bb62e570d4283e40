package io.jenkins.plugins.rollback.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.WebhookEndpointConfig;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.trigger.auth.Authentication;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.trigger.format.Bodies;
import io.jenkins.plugins.rollback.harness.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A delivery of each way to prove who sends, through the real door. */
public class WebhookVendorsJenkinsTest {

    private static final String SECRET = "a secret of some length";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final HttpClient http = HttpClient.newHttpClient();

    @Before
    public void aShop() throws Exception {
        Shop.open(jenkins);
        for (String id : List.of("hook", "older")) {
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new StringCredentialsImpl(
                            CredentialsScope.GLOBAL, id, null, Secret.fromString(id.equals("hook") ? SECRET : id)));
        }
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, RollbackPermissions.EXECUTE)
                .everywhere()
                .to("monitor"));
        User.getById("monitor", true);
    }

    @After
    public void whatWasStartedIsThrough() throws Exception {
        await().until(() -> RollbackEngine.get().deliveries().unanswered().isEmpty());
        jenkins.waitUntilNoActivity();
    }

    private static void endpoint(
            AlertFormat format, Authentication authentication, Consumer<WebhookEndpointConfig> more) {
        WebhookEndpointConfig endpoint = new WebhookEndpointConfig("vendor", "hook");
        endpoint.setPreviousCredentialsId("older");
        endpoint.setRunAs("monitor");
        endpoint.setFormat(format);
        endpoint.setAuthentication(authentication);
        more.accept(endpoint);
        RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint));
    }

    private int post(String query, String body, String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(jenkins.getURL() + "release-rollback/webhook/vendor" + query))
                .header("Content-Type", "application/json")
                .headers(headers)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static String hmac(String secret, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** One of the vendor's documented bodies, as if it were said now. */
    private static String now(String name, String then) {
        return Bodies.text(name).replace(then, Instant.now().toString());
    }

    private static void assertProposedOnce() {
        await().until(() -> RollbackEngine.get().deliveries().unanswered().isEmpty());
        assertThat(RollbackEngine.get().catalog().rollbacks(Shop.CHECKOUT))
                .singleElement()
                .satisfies(rollback -> assertThat(rollback.state()).isEqualTo(RollbackInfo.State.PROPOSED));
    }

    @Test
    public void alertmanagerByBearerToken() throws Exception {
        endpoint(AlertFormat.ALERTMANAGER, Authentication.BEARER, endpoint -> {});
        String body = now("alertmanager", "2026-11-22T07:58:14.123Z");

        assertThat(post("", body, "Authorization", "Bearer guess")).isEqualTo(401);
        assertThat(post("?token=" + SECRET.replace(" ", "%20"), body, "X-Other", "x"))
                .as("in the URL")
                .isEqualTo(401);
        assertThat(post("", body, "Authorization", "Bearer " + SECRET)).isEqualTo(202);
        assertThat(post("", body, "Authorization", "Bearer older"))
                .as("the previous secret; the same incident")
                .isEqualTo(200);
        assertProposedOnce();
    }

    @Test
    public void datadogByATokenInItsOwnHeader() throws Exception {
        endpoint(AlertFormat.DATADOG, Authentication.HEADER, endpoint -> endpoint.setTokenHeader("X-Token"));
        String body =
                Bodies.text("datadog").replace("1763798294000\"", Instant.now().toEpochMilli() + "\"");

        assertThat(post("", body, "Authorization", "Bearer " + SECRET)).isEqualTo(401);
        assertThat(post("", body, "X-Token", SECRET)).isEqualTo(202);
        assertThat(post("", body.replace("Triggered", "Recovered"), "X-Token", SECRET))
                .isEqualTo(202);
        assertProposedOnce();
    }

    @Test
    public void pagerDutyByItsSignature() throws Exception {
        endpoint(AlertFormat.PAGERDUTY, Authentication.VENDOR, endpoint -> {});
        String body = now("pagerduty", "2026-11-22T07:58:14.123Z");
        String header = "X-PagerDuty-Signature";

        assertThat(post("", body, header, "v1=" + hmac("guess", body))).isEqualTo(401);
        assertThat(post("", body, "Authorization", "Bearer " + SECRET)).isEqualTo(401);
        String two = "v1=" + hmac("guess", body) + ",v1=" + hmac("older", body);
        assertThat(post("", body, header, two)).isEqualTo(202);
        String ping = "{\"event\": {\"event_type\": \"pagey.ping\"}}";
        assertThat(post("", ping, header, "v1=" + hmac(SECRET, ping))).isEqualTo(200);
        assertProposedOnce();
    }

    @Test
    public void grafanaByItsSignature() throws Exception {
        endpoint(AlertFormat.GRAFANA, Authentication.VENDOR, endpoint -> {});
        String body = now("grafana", "2021-10-12T09:51:03.157076+02:00");
        String time = "" + Instant.now().getEpochSecond();
        String signature = hmac(SECRET, time + ":" + body);

        assertThat(post("", body, "X-Grafana-Alerting-Signature", hmac(SECRET, body)))
                .as("without a time")
                .isEqualTo(401);
        String[] headers = {"X-Grafana-Alerting-Signature", signature, "X-Grafana-Alerting-Timestamp", time};
        assertThat(post("", body, headers)).isEqualTo(202);
        endpoint(AlertFormat.GRAFANA, Authentication.VENDOR, endpoint -> {}); // saved again without a change
        assertThat(post("", body, headers)).as("replayed").isEqualTo(401);
        assertProposedOnce();
    }

    @Test
    public void snsIsRefusedWithoutItsSignature() throws Exception {
        endpoint(AlertFormat.CLOUDWATCH, Authentication.BEARER, endpoint -> {});
        String body = Bodies.text("sns-confirmation");

        assertThat(post("", body, "x-amz-sns-message-type", "SubscriptionConfirmation"))
                .isEqualTo(401);
        assertThat(SubscriptionMonitor.get().isActivated()).isFalse();
        SubscriptionMonitor.get().asked("vendor", "https://sns.us-west-2.amazonaws.com/?a=1&b=<i>");
        assertThat(SubscriptionMonitor.get().isActivated()).isTrue();
        JenkinsRule.WebClient client = jenkins.createWebClient();
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        client.setJavaScriptEnabled(false);
        assertThat(client.login("admin").goTo("manage/").getWebResponse().getContentAsString())
                .contains("vendor: <code>https://sns.us-west-2.amazonaws.com/?a=1&amp;b=&lt;i></code>");
    }
}
