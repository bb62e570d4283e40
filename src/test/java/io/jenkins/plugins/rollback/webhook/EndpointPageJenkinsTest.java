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
import io.jenkins.plugins.rollback.engine.trigger.auth.WebhookVerifier;
import io.jenkins.plugins.rollback.harness.Shop;
import io.jenkins.plugins.rollback.harness.Visitors;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What administrators see of an endpoint: what came, a test that starts nothing, and nobody else sees anything. */
public class EndpointPageJenkinsTest {

    private static final String SECRET = "a secret of some length";
    private static final String LIST = "manage/release-rollback-endpoints/";
    private static final String PAGE = LIST + "endpoint/alerts/";
    private static final String ALERT =
            "{\"service\":\"checkout\",\"environment\":\"production\",\"state\":\"firing\",\"dedupe\":\"d\","
                    + "\"summary\":\"</pre><script>alert(1)</script>\",\"token\":\"XYZZY\",\"note\":\"" + SECRET
                    + "\"}";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Visitors visitors = new Visitors(jenkins);

    @Before
    public void anEndpoint() throws Exception {
        Shop.open(jenkins);
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hook", null, Secret.fromString(SECRET)));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE, Item.READ, Item.BUILD, RollbackPermissions.CONFIGURE)
                .everywhere()
                .to("manager")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, RollbackPermissions.EXECUTE)
                .everywhere()
                .to("monitor"));
        User.getById("monitor", true);
        endpoint(WebhookEndpointConfig.Rule.START);
    }

    @After
    public void whatWasStartedIsThrough() throws Exception {
        await().until(() -> RollbackEngine.get().deliveries().unanswered().isEmpty());
        jenkins.waitUntilNoActivity();
    }

    private static void endpoint(WebhookEndpointConfig.Rule rule) {
        WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
        endpoint.setRunAs("monitor");
        endpoint.setRule(rule);
        RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint));
    }

    private int post(String body, String secret, String type) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "release-rollback/webhook/alerts"))
                .header("Content-Type", type)
                .header("User-Agent", "<img src=x onerror=alert(2)>")
                .header(
                        WebhookVerifier.HEADER,
                        WebhookVerifier.sign(
                                secret.getBytes(StandardCharsets.UTF_8),
                                Instant.now().getEpochSecond(),
                                bytes))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private Page get(String user, String url) throws Exception {
        return visitors.again(user).getPage(new URL(jenkins.getURL(), url));
    }

    private HtmlPage page() throws Exception {
        return (HtmlPage) get("admin", PAGE);
    }

    @Test
    public void everyDeliveryIsThereWithItsReasonAndWithoutSecretsOrMarkup() throws Exception {
        endpoint(WebhookEndpointConfig.Rule.PROPOSE);
        assertThat(post(ALERT, "a guess", "application/json")).isEqualTo(401);
        assertThat(post(ALERT.replace("firing", "no"), "a guess", "application/json"))
                .isEqualTo(401);
        assertThat(post("x", SECRET, "text/plain")).isEqualTo(415);
        assertThat(post("{\"state\":\"<b>soon\"}", SECRET, "application/json")).isEqualTo(400);
        assertThat(post(ALERT, SECRET, "application/json")).isEqualTo(202);
        await().until(() -> RollbackEngine.get().deliveries().unanswered().isEmpty());

        HtmlPage page = page();
        assertThat(page.getElementById("deliveries").asNormalizedText())
                .containsPattern("refused\\s*401\\s+2 times")
                .contains("the signature is not that of this body by a valid secret")
                .containsPattern("refused\\s*415")
                .contains("only application/json, not compressed")
                .containsPattern("not understood\\s*400")
                .contains("state: expected firing or resolved, found '<b>soon'")
                .containsPattern("accepted\\s*202")
                .containsPattern("checkout in production\\s*firing")
                .contains("Going back from 1.4.1 to 1.4.0 was proposed");
        assertThat(page.getElementById("deliveries").getTextContent())
                .contains("X-Rollback-Signature: ****", "<img src=x onerror=alert(2)>")
                .contains("</pre><script>alert(1)</script>", "\"token\" : \"****\"", "\"note\" : \"****\"");
        assertThat(page.getWebResponse().getContentAsString())
                .doesNotContain("<script>alert", "<img src=x", "<b>soon", "XYZZY", SECRET);
        assertThat(page.getAnchors())
                .extracting(anchor -> anchor.getHrefAttribute())
                .anyMatch(link -> link.matches(".*/rollback-audit/entry/\\d+/"))
                .anyMatch(link -> link.matches(".*/rollback-audit/\\?rollback=rb-.*"));
        assertThat(((HtmlPage) get("admin", LIST)).getElementById("endpoints").asNormalizedText())
                .contains("alerts", "Release Rollback's own JSON", "monitor", "accepted", "ready");
    }

    @Test
    public void theSendersSideIsThereWithTheAddressAndWithoutTheSecret() throws Exception {
        assertThat(page().getElementById("setup").asNormalizedText())
                .contains("url=" + jenkins.getURL() + "release-rollback/webhook/alerts", "secret='<secret>'");
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        assertThat(page().asNormalizedText()).contains("The credential 'hook' is not there");
    }

    @Test
    public void aTestSaysWhatWouldFollowAndStartsNothing() throws Exception {
        long size = RollbackEngine.get().ledger().size();
        HtmlTextArea offered = (HtmlTextArea) page().getElementById("test-body");
        assertThat(submit(offered.getText()).getElementById("tested").asNormalizedText())
                .contains("The sender would be answered with 202.")
                .contains("checkout in production firing: would go back from 1.4.1 to 1.4.0 by the job"
                        + " 'checkout-rollback', as monitor")
                .contains("Signed with the endpoint's secret");
        assertThat(submit("{\"state\": \"</textarea><script>alert(3)</script>\"}")
                        .getWebResponse()
                        .getContentAsString())
                .contains("is not understood: state: expected firing or resolved")
                .doesNotContain("<script>alert(3)");
        assertThat(submit(ALERT.replace("checkout", "cart"))
                        .getElementById("tested")
                        .asNormalizedText())
                .contains("is recorded and leads to nothing: the endpoint's user may not roll back");
        endpoint(WebhookEndpointConfig.Rule.PROPOSE);
        assertThat(submit(ALERT).getElementById("tested").asNormalizedText())
                .contains("would propose to go back from 1.4.1 to 1.4.0, as monitor");
        assertThat(submit(ALERT.replace("firing", "resolved"))
                        .getElementById("tested")
                        .asNormalizedText())
                .contains("is ignored: nothing is known that could be over");

        assertThat(RollbackEngine.get().ledger().size()).isEqualTo(size);
        assertThat(RollbackEngine.get().catalog().rollbacks(Shop.CHECKOUT)).isEmpty();
        assertThat(page().getElementById("deliveries").asNormalizedText())
                .containsPattern("test\\s*202")
                .contains("admin");
        assertThat(post(ALERT, SECRET, "application/json"))
                .as("what a test signed does not count as seen")
                .isEqualTo(202);
    }

    /** Sends the form as the browser does. */
    private HtmlPage submit(String body) throws Exception {
        JenkinsRule.WebClient client = visitors.again("admin");
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), PAGE + "test"), HttpMethod.POST);
        request.setRequestParameters(new ArrayList<>(List.of(new NameValuePair("body", body))));
        client.addCrumb(request);
        return client.getPage(request);
    }

    @Test
    public void nobodyButAdministratorsSeesOrTriesAnything() throws Exception {
        for (String user : new String[] {null, "monitor", "manager"}) {
            for (String url : List.of(LIST, PAGE, LIST.substring(7), PAGE.substring(7), LIST + "endpoint/none/")) {
                assertThat(get(user, url).getWebResponse().getStatusCode())
                        .as(user + " " + url)
                        .isEqualTo(403);
            }
            assertThat(test(user, true)).as(user + " tests").isEqualTo(403);
        }
        assertThat(get("admin", LIST + "endpoint/none/").getWebResponse().getStatusCode())
                .isEqualTo(404);
        assertThat(get("admin", PAGE + "test").getWebResponse().getStatusCode())
                .as("by GET")
                .isEqualTo(405);
        assertThat(test("admin", false)).as("without a crumb").isEqualTo(403);
        assertThat(test("admin", true)).isEqualTo(200);
    }

    private int test(String user, boolean crumb) throws Exception {
        JenkinsRule.WebClient client = visitors.again(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), PAGE + "test?body=%7B%7D"), HttpMethod.POST);
        if (crumb) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse().getStatusCode();
    }
}
