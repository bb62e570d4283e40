package io.jenkins.plugins.rollback.actions;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.harness.Shop;
import io.jenkins.plugins.rollback.harness.Visitors;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

public class PagesJenkinsTest {

    private static final String NASTY = "<img src=x onerror=alert(1)>";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final Visitors visitors = new Visitors(jenkins);
    private final Visitors posters = new Visitors(jenkins); // see the first answer, not where it leads

    private WorkflowJob job;
    private String build;

    @Before
    public void aShop() throws Exception {
        job = Shop.open(jenkins);
        build = jenkins.buildAndAssertSuccess(job).getExternalizableId();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("nobody", "alice", "bob", "carol", "reader", "owner")
                .grant(Item.READ)
                .everywhere()
                .to("alice", "bob", "carol", "reader", "owner")
                .grant(RollbackPermissions.EXECUTE, Item.BUILD)
                .everywhere()
                .to("alice")
                .grant(RollbackPermissions.APPROVE)
                .everywhere()
                .to("bob", "carol")
                .grant(RollbackPermissions.CONFIGURE)
                .everywhere()
                .to("owner"));
        for (String user : List.of("admin", "alice", "bob", "carol", "reader", "owner", "nobody")) {
            User.getById(user, true);
        }
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return visitors.arrive(user);
    }

    private int get(String user, String url) throws Exception {
        return visitors.again(user)
                .getPage(new URL(jenkins.getURL(), url))
                .getWebResponse()
                .getStatusCode();
    }

    private Page post(JenkinsRule.WebClient client, boolean crumb, String url, String... pairs) throws Exception {
        URL target = new URL(jenkins.getURL(), url);
        WebRequest request = new WebRequest(target, HttpMethod.POST);
        List<NameValuePair> parameters = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.add(new NameValuePair(pairs[i], pairs[i + 1]));
        }
        if (crumb) {
            parameters.add(client.addCrumb(request).getRequestParameters().get(0));
        }
        request.setRequestParameters(parameters);
        return client.getPage(request);
    }

    private int post(String user, boolean crumb, String url, String... pairs) throws Exception {
        JenkinsRule.WebClient client = posters.again(user);
        client.getOptions().setRedirectEnabled(false);
        return post(client, crumb, url, pairs).getWebResponse().getStatusCode();
    }

    private Approval ask(int quorum) throws Exception {
        return ask(new ApprovalPolicy("production", new TreeSet<>(), quorum, false, Duration.ofHours(1)));
    }

    private Approval ask(ApprovalPolicy policy) throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        engine.rollbacks()
                .requested("rb-1", Shop.CHECKOUT, "1.4.1", "1.4.0", null, "step", build, Actor.user("alice"), NASTY);
        return engine.approvals()
                .ask(
                        "ap-1",
                        Shop.CHECKOUT,
                        "rb-1",
                        "1.4.1",
                        "1.4.0",
                        "ef".repeat(32),
                        policy,
                        new TreeSet<>(List.of("alice")),
                        build);
    }

    @Test
    public void eachUrlIsOpenToExactlyThoseWhoMay() throws Exception {
        ask(1);
        String releases = "job/checkout/release-rollback/";
        String goBack = releases + "goBack/?service=checkout&environment=production&version=1.4.0";
        for (String url : List.of(
                releases,
                releases + "api/json?depth=2",
                releases + "rollback/rb-1/",
                releases + "rollback/rb-1/api/json",
                "job/checkout/1/rollback-approvals/",
                "job/checkout/1/rollback-approvals/api/json",
                "rollback-approvals/",
                "rollback-approvals/api/json")) {
            for (String user : List.of("admin", "alice", "bob", "reader")) {
                assertThat(get(user, url)).as(user + " " + url).isEqualTo(200);
            }
            assertThat(get("nobody", url)).as("nobody " + url).isIn(403, 404);
            assertThat(get(null, url)).as("anonymous " + url).isIn(403, 404);
        }
        assertThat(get("alice", goBack)).isEqualTo(200);
        for (String user : List.of("bob", "reader", "owner")) {
            assertThat(get(user, goBack)).as(user).isEqualTo(403);
        }
        assertThat(get("alice", goBack.replace("1.4.0", "%3Cb%3E"))).isEqualTo(400);
        assertThat(get("alice", releases + "goBack/")).isEqualTo(400);
        assertThat(get("alice", releases + "rollback/rb-NONE/")).isEqualTo(404);
    }

    @Test
    public void whatChangesSomethingNeedsPostCrumbAndPermission() throws Exception {
        ask(1);
        jenkins.jenkins.setCrumbIssuer(new hudson.security.csrf.DefaultCrumbIssuer(false));
        record Door(String url, String may, String[] parameters) {}
        List<Door> doors = List.of(
                new Door("job/checkout/1/rollback-approvals/decide", "bob", new String[] {
                    "id", "ap-1", "decision", "approve", "reason", "ok"
                }),
                new Door("job/checkout/release-rollback/goBack/start", "alice", new String[] {
                    "service", "checkout", "environment", "production", "version", "1.4.0", "reason", "ok"
                }),
                new Door("job/checkout/release-rollback/rollback/rb-1/dismiss", "alice", new String[] {"reason", "ok"}),
                new Door("job/checkout/release-rollback/claim", "owner", new String[] {"service", "cart"}),
                new Door("job/checkout/release-rollback/unclaim", "owner", new String[] {"service", "cart"}));
        for (Door door : doors) {
            for (String user : List.of("reader", "alice", "bob", "owner", "nobody")) {
                if (!user.equals(door.may())) {
                    assertThat(post(user, true, door.url(), door.parameters()))
                            .as(user + " " + door.url())
                            .isIn(403, 404);
                }
            }
            assertThat(post(door.may(), false, door.url(), door.parameters()))
                    .as("without crumb " + door.url())
                    .isEqualTo(403);
            assertThat(get(door.may(), door.url())).as("GET " + door.url()).isIn(404, 405);
        }
        assertThat(RollbackEngine.get().approvals().find("ap-1").orElseThrow().state())
                .isEqualTo(Approval.State.WAITING);
        assertThat(RollbackConfiguration.get().getClaims()).hasSize(1);
        assertThat(RollbackEngine.get().catalog().rollbacks(Shop.CHECKOUT)).hasSize(1);
    }

    @Test
    public void whatAPolicyWantsIsSaidAndAVoteCanBeTakenBack() throws Exception {
        ask(new ApprovalPolicy(
                "production",
                new TreeSet<>(),
                1,
                new TreeMap<>(Map.of("carol", 1, "bob", 1)),
                false,
                "INC-\\d+",
                Duration.ofHours(1)));
        String decide = "job/checkout/1/rollback-approvals/decide";
        assertThat(post("bob", true, decide, "id", "ap-1", "decision", "approve", "reason", "because"))
                .isEqualTo(409);
        assertThat(post("bob", true, decide, "id", "ap-1", "decision", "approve", "reason", "INC-7"))
                .isEqualTo(302);

        JenkinsRule.WebClient browser = client("bob");
        browser.setJavaScriptEnabled(true); // adds the crumb
        HtmlPage page = browser.getPage(new URL(jenkins.getURL(), "job/checkout/1/rollback-approvals/"));
        assertThat(page.asNormalizedText()).contains("1 of 2 approved", "Still to say yes, of these groups: carol: 1");
        ((HtmlTextArea) page.getElementByName("reason")).setText("wrong build");
        page = page.<org.htmlunit.html.HtmlButton>getFirstByXPath("//button[@value='takeBack']")
                .click();
        assertThat(page.asNormalizedText())
                .contains("0 of 2 approved", "bob: 1, carol: 1", "To approve, it must contain INC-\\d+")
                .doesNotContain("Take back what I said");
        assertThat(post("bob", true, decide, "id", "ap-1", "decision", "takeBack", "reason", "again"))
                .isEqualTo(409);
    }

    @Test
    public void approvingByButtonIsRecordedWithPersonAndReason() throws Exception {
        ask(1);
        JenkinsRule.WebClient browser = client("bob");
        browser.setJavaScriptEnabled(true); // adds the crumb
        HtmlPage page = browser.getPage(new URL(jenkins.getURL(), "job/checkout/1/rollback-approvals/"));
        ((HtmlTextArea) page.getElementByName("reason")).setText("seen on the dashboard " + NASTY);
        HtmlPage after = page.<org.htmlunit.html.HtmlButton>getFirstByXPath("//button[@value='approve']")
                .click();
        assertThat(after.asNormalizedText()).contains("bob approved", "seen on the dashboard " + NASTY);
        assertThat(after.getByXPath("//img[@src='x']")).isEmpty();
        Approval approval = RollbackEngine.get().approvals().find("ap-1").orElseThrow();
        assertThat(approval.state()).isEqualTo(Approval.State.APPROVED);
        assertThat(post(
                        "carol",
                        true,
                        "job/checkout/1/rollback-approvals/decide",
                        "id",
                        "ap-1",
                        "decision",
                        "reject",
                        "reason",
                        "late"))
                .isEqualTo(409);
    }

    @Test
    public void whoAskedMayNotApproveNotEvenAnAdministrator() throws Exception {
        RollbackConfiguration.get(); // the policy alone decides
        RollbackEngine engine = RollbackEngine.get();
        engine.rollbacks()
                .requested("rb-2", Shop.CHECKOUT, "1.4.1", "1.4.0", null, "step", build, Actor.user("admin"), null);
        engine.approvals()
                .ask(
                        "ap-2",
                        Shop.CHECKOUT,
                        "rb-2",
                        "1.4.1",
                        "1.4.0",
                        "ef".repeat(32),
                        new ApprovalPolicy("p", new TreeSet<>(), 1, false, Duration.ofHours(1)),
                        new TreeSet<>(List.of("admin")),
                        build);
        String decide = "job/checkout/1/rollback-approvals/decide";
        assertThat(post("admin", true, decide, "id", "ap-2", "decision", "approve", "reason", "me"))
                .isEqualTo(409);
        assertThat(post("bob", true, decide, "id", "ap-2", "decision", "approve", "reason", " "))
                .isEqualTo(400);
        assertThat(post("bob", true, decide, "id", "ap-2", "decision", "maybe", "reason", "x"))
                .isEqualTo(400);
        assertThat(post("bob", true, decide, "id", "ap-404", "decision", "approve", "reason", "x"))
                .isEqualTo(404);
        assertThat(engine.approvals().find("ap-2").orElseThrow().votes()).isEmpty();
    }

    @Test
    public void anApprovalOfAnotherBuildIsNotDecidedHere() throws Exception {
        ask(1);
        jenkins.buildAndAssertSuccess(job);
        assertThat(post(
                        "bob",
                        true,
                        "job/checkout/2/rollback-approvals/decide",
                        "id",
                        "ap-1",
                        "decision",
                        "approve",
                        "reason",
                        "x"))
                .isEqualTo(404);
    }

    @Test
    public void ofTwoClicksAtOnceOneCounts() throws Exception {
        ask(1);
        JenkinsRule.WebClient bob = client("bob");
        JenkinsRule.WebClient carol = client("carol");
        bob.getOptions().setRedirectEnabled(false);
        carol.getOptions().setRedirectEnabled(false);
        String decide = "job/checkout/1/rollback-approvals/decide";
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Page> yes =
                    threads.submit(() -> post(bob, true, decide, "id", "ap-1", "decision", "approve", "reason", "yes"));
            Future<Page> no =
                    threads.submit(() -> post(carol, true, decide, "id", "ap-1", "decision", "reject", "reason", "no"));
            List<Integer> statuses = List.of(
                    yes.get().getWebResponse().getStatusCode(),
                    no.get().getWebResponse().getStatusCode());
            assertThat(statuses).containsExactlyInAnyOrder(302, 409);
        } finally {
            threads.shutdown();
        }
        assertThat(RollbackEngine.get().approvals().find("ap-1").orElseThrow().votes())
                .hasSize(1);
    }

    @Test
    public void goingBackByButtonStartsTheWayBackOnce() throws Exception {
        JenkinsRule.WebClient browser = client("alice");
        browser.setJavaScriptEnabled(true); // adds the crumb
        HtmlPage page = browser.getPage(new URL(
                jenkins.getURL(),
                "job/checkout/release-rollback/goBack/?service=checkout&environment=production&version=1.4.0"));
        assertThat(page.asNormalizedText()).contains("1.4.1", "checkout-rollback");
        ((HtmlTextArea) page.getElementByName("reason")).setText(NASTY);
        HtmlPage after = page.<org.htmlunit.html.HtmlButton>getFirstByXPath(
                        "//button[contains(., 'Roll back to 1.4.0')]")
                .click();
        assertThat(after.getWebResponse().getStatusCode()).isEqualTo(200);
        assertThat(after.asNormalizedText()).contains(NASTY, "requested");
        assertThat(after.getByXPath("//img[@src='x']")).isEmpty();
        assertThat(post(
                        "alice",
                        true,
                        "job/checkout/release-rollback/goBack/start",
                        "service",
                        "checkout",
                        "environment",
                        "production",
                        "version",
                        "1.4.0",
                        "reason",
                        "again"))
                .isEqualTo(409);
        jenkins.waitUntilNoActivity();
        WorkflowJob back = jenkins.jenkins.getItemByFullName("checkout-rollback", WorkflowJob.class);
        assertThat(back.getNextBuildNumber()).isEqualTo(2);
        jenkins.assertLogContains("back to 1.4.0 for rb-", back.getBuildByNumber(1));
        assertThat(RollbackEngine.get().catalog().rollbacks(Shop.CHECKOUT))
                .extracting(RollbackInfo::trigger)
                .containsExactly("button");
    }

    @Test
    public void aProposalIsTakenUpOrDismissed() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        engine.rollbacks()
                .proposed("rb-9", Shop.CHECKOUT, "1.4.1", "1.4.0", null, "webhook", null, Actor.webhook("a"), NASTY);
        HtmlPage front = client("alice").getPage(new URL(jenkins.getURL(), "job/checkout/"));
        assertThat(front.asNormalizedText()).contains("proposed", "Start the way back");
        assertThat(post("alice", true, "job/checkout/release-rollback/rollback/rb-9/dismiss", "reason", "no need"))
                .isEqualTo(302);
        assertThat(engine.catalog().rollback("rb-9").orElseThrow().state()).isEqualTo(RollbackInfo.State.CANCELLED);
    }

    @Test
    public void servicesOfHiddenJobsAreNotShown() throws Exception {
        WorkflowJob hidden = jenkins.createProject(WorkflowJob.class, "hidden");
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ)
                .onItems(job)
                .to("reader"));
        RollbackConfiguration.get()
                .setClaims(List.of(new ServiceClaim("checkout", "checkout"), new ServiceClaim("secret", "hidden")));
        assertThat(get("reader", "job/hidden/release-rollback/")).isIn(403, 404);
        HtmlPage page = client("reader").getPage(new URL(jenkins.getURL(), "job/checkout/release-rollback/"));
        assertThat(page.asNormalizedText()).contains("checkout").doesNotContain("secret");
        assertThat(hidden.getFullName()).isEqualTo("hidden");
    }

    @Test
    public void claimingByForm() throws Exception {
        HtmlPage page = client("owner").getPage(new URL(jenkins.getURL(), "job/checkout/release-rollback/"));
        assertThat(page.asNormalizedText()).contains("Who speaks for which service");
        assertThat(post("owner", true, "job/checkout/release-rollback/claim", "service", "cart", "branches", "main"))
                .isEqualTo(302);
        assertThat(RollbackConfiguration.get().getClaims())
                .extracting(ServiceClaim::getService)
                .containsExactly("checkout", "cart");
        assertThat(post("owner", true, "job/checkout/release-rollback/claim", "service", NASTY))
                .isEqualTo(400);
        assertThat(post("owner", true, "job/checkout/release-rollback/unclaim", "service", "cart"))
                .isEqualTo(302);
        assertThat(RollbackConfiguration.get().getClaims()).hasSize(1);
    }
}
