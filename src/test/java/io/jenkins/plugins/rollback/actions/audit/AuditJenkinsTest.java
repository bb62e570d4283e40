package io.jenkins.plugins.rollback.actions.audit;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import io.jenkins.plugins.rollback.config.EngineLifecycle;
import io.jenkins.plugins.rollback.config.RollbackConfiguration;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.ServiceClaim;
import io.jenkins.plugins.rollback.engine.catalog.LiveCatalog;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.LedgerProof;
import io.jenkins.plugins.rollback.engine.ledger.retention.EventClass;
import io.jenkins.plugins.rollback.engine.ledger.retention.Retention;
import io.jenkins.plugins.rollback.engine.ledger.retention.RetentionPolicy;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.harness.Shop;
import io.jenkins.plugins.rollback.harness.Visitors;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The audit page, its permissions, the monitor and the command of Jenkins' command line. */
public class AuditJenkinsTest {

    private static final String AUDIT = "rollback-audit/";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final Visitors visitors = new Visitors(jenkins);

    /** "reader" may read the job of checkout; cart belongs to a folder that only the administrator sees. */
    @Before
    public void twoServices() throws Exception {
        Shop.open(jenkins);
        jenkins.createFolder("secret");
        List<ServiceClaim> claims = new ArrayList<>(RollbackConfiguration.get().getClaims());
        claims.add(new ServiceClaim("cart", "secret"));
        RollbackConfiguration.get().setClaims(claims);
        RollbackEngine.get()
                .rollbacks()
                .proposed(
                        "rb-CART",
                        new Target("cart", "production"),
                        "2",
                        "1",
                        null,
                        "button",
                        null,
                        Actor.user("alice"),
                        "INC-77 <b>slow</b>");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("nobody", "reader")
                .grant(Item.READ)
                .onItems(jenkins.jenkins.getItem("checkout"))
                .to("reader"));
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        return visitors.arrive(user);
    }

    private Page get(String user, String url) throws Exception {
        return visitors.again(user).getPage(new URL(jenkins.getURL(), url));
    }

    private JSONArray entries(String user, String query) throws Exception {
        String json = get(user, AUDIT + "api/json" + query).getWebResponse().getContentAsString();
        return JSONObject.fromObject(json).getJSONArray("entries");
    }

    private static List<String> kinds(JSONArray entries) {
        List<String> kinds = new ArrayList<>();
        entries.forEach(entry -> kinds.add(((JSONObject) entry).getString("kind")));
        return kinds;
    }

    @Test
    public void findsWhatIsAskedForAndSaysWhatItDoesNotUnderstand() throws Exception {
        assertThat(kinds(entries("admin", "?service=cart"))).containsExactly("rollback.proposed");
        assertThat(kinds(entries("admin", "?kind=release"))).containsExactly("release.retained", "release.retained");
        assertThat(kinds(entries("admin", "?text=inc-77"))).containsExactly("rollback.proposed");
        assertThat(entries("admin", "?rollback=rb-CART").getJSONObject(0).getString("who"))
                .isEqualTo("alice");
        assertThat(kinds(entries("admin", "?to=2001-01-01"))).isEmpty();
        assertThat(kinds(entries("admin", "?from=2001-01-01"))).isNotEmpty();

        HtmlPage page = (HtmlPage) get("admin", AUDIT + "?service=cart");
        assertThat(page.getElementById("audit-entries").asNormalizedText())
                .contains("Going back from 2 to 1 was proposed", "INC-77 <b>slow</b>", "alice");
        assertThat(((HtmlPage) get("admin", AUDIT + "?from=soon")).asNormalizedText())
                .contains("from 'soon' is neither a day such as")
                .contains("No entry matches.");
        assertThat(((HtmlPage) get("admin", AUDIT + "?kind=no")).asNormalizedText())
                .contains("Kind 'no' is not known; it is one of: ");
    }

    @Test
    public void everybodySeesTheServicesThatTheyMayView() throws Exception {
        long cart = entries("admin", "?service=cart").getJSONObject(0).getLong("index");
        assertThat(kinds(entries("reader", "?service=checkout"))).isNotEmpty();
        assertThat(kinds(entries("reader", "?service=cart"))).isEmpty();
        assertThat(kinds(entries("reader", "?text=INC"))).isEmpty();
        assertThat(get("reader", AUDIT + "entry/" + cart + "/").getWebResponse().getStatusCode())
                .isEqualTo(404);
        assertThat(get("reader", AUDIT + "entry/" + cart + "/proof")
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(get("reader", AUDIT + "entry/0/").getWebResponse().getStatusCode())
                .isEqualTo(200);
        for (String url : List.of("", "api/json", "entry/0/", "entry/0/proof", "entry/0/api/json")) {
            for (String user : new String[] {"nobody", null}) {
                assertThat(get(user, AUDIT + url).getWebResponse().getStatusCode())
                        .as(user + " " + url)
                        .isEqualTo(403);
            }
        }
        for (String index : List.of("99999", "-1", "x", "1e3")) {
            assertThat(get("admin", AUDIT + "entry/" + index + "/")
                            .getWebResponse()
                            .getStatusCode())
                    .as(index)
                    .isEqualTo(404);
        }
    }

    @Test
    public void anEntryComesWithAProofThatHoldsElsewhere() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        HtmlPage page = (HtmlPage) get("reader", AUDIT + "entry/1/");
        assertThat(page.asNormalizedText())
                .contains(
                        "proven",
                        "It is in the signed tree of " + engine.ledger().size() + " entries.");
        String proof = get("reader", AUDIT + "entry/1/proof").getWebResponse().getContentAsString();

        assertThat(LedgerProof.verify(
                                proof,
                                engine.ledger().raw(1),
                                engine.ledger().tree().key())
                        .index())
                .isEqualTo(1);
    }

    /** Years later, when the schedule has dropped what nobody needs any more. */
    @Test
    public void whatWasDroppedStillHasAPage() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        long first = engine.ledger().size();
        for (int i = 0; i < 300; i++) {
            engine.ledger()
                    .append(Event.of(EventKind.DRILL_RUN)
                            .actor(Actor.SYSTEM)
                            .with("drill", "d" + i)
                            .with("scenario", "bad-canary"));
        }
        Retention retention = new Retention(
                engine.ledger(),
                Clock.offset(engine.clock(), Duration.ofDays(3650)),
                List.of(new LiveCatalog(engine.catalog()), engine.approvals(), engine.deliveries()));
        long said = retention
                .sweep(RetentionPolicy.FOR_EVER.keep(EventClass.OTHERS, Period.ofYears(1)), Actor.system("retention"))
                .events()
                .get(0);
        assertThat(engine.ledger().isDropped(first)).isTrue();

        HtmlPage page = (HtmlPage) get("admin", AUDIT + "entry/" + first + "/");
        assertThat(page.asNormalizedText()).contains("dropped", "Entry " + said);
        assertThat(get("reader", AUDIT + "entry/" + first + "/")
                        .getWebResponse()
                        .getStatusCode())
                .as("whose it was, nobody can tell")
                .isEqualTo(404);
        assertThat(get("admin", AUDIT + "entry/" + said + "/").getWebResponse().getContentAsString())
                .contains("retention.swept");
        assertThat(LedgerCheck.get().check().problem()).isNull();
    }

    @Test
    public void olderEntriesAreAPageAway() throws Exception {
        for (int i = 0; i < 60; i++) {
            RollbackEngine.get()
                    .ledger()
                    .append(Event.of(EventKind.DRILL_RUN)
                            .actor(Actor.SYSTEM)
                            .with("drill", "d" + i)
                            .with("scenario", "bad-canary")
                            .with("seed", i));
        }
        HtmlPage first = (HtmlPage) get("admin", AUDIT + "?kind=drill");
        assertThat(first.querySelectorAll("#audit-entries tbody tr")).hasSize(50);
        HtmlPage second = first.getAnchorByText("Older entries").click();
        assertThat(second.querySelectorAll("#audit-entries tbody tr")).hasSize(10);
        assertThat(second.getElementsByTagName("a").stream()
                        .filter(link -> link.getTextContent().equals("Older entries")))
                .isEmpty();
        assertThat(kinds(entries("reader", "?kind=drill")))
                .isEmpty(); // of no service: for those who see all of Jenkins
    }

    @Test
    public void aDamagedLedgerIsAnAlarmAndTheCommandSaysSo() throws Exception {
        RollbackEngine.get().ledger().checkpoint(); // now there are tiles to damage
        LedgerMonitor monitor = ExtensionList.lookupSingleton(LedgerMonitor.class);
        CLICommandInvoker.Result good = new CLICommandInvoker(jenkins, "rollback-ledger-verify")
                .asUser("admin")
                .invoke();
        assertThat(good.returnCode()).isZero();
        assertThat(good.stdout()).contains(RollbackEngine.get().ledger().size() + " entries verified");
        assertThat(monitor.isActivated()).isFalse();
        assertThat(new CLICommandInvoker(jenkins, "rollback-ledger-verify")
                        .asUser("reader")
                        .invoke()
                        .returnCode())
                .isEqualTo(6);

        Path tile;
        try (var files = Files.walk(Jenkins.get()
                .getRootDir()
                .toPath()
                .resolve(EngineLifecycle.FOLDER)
                .resolve("ledger/tile/0"))) {
            tile = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(tile);
        bytes[3] ^= 1;
        Files.write(tile, bytes);

        CLICommandInvoker.Result bad = new CLICommandInvoker(jenkins, "rollback-ledger-verify")
                .asUser("admin")
                .invoke();
        assertThat(bad.returnCode()).isEqualTo(VerifyLedgerCommand.DAMAGED);
        assertThat(bad.stderr()).contains("The ledger does not verify: entry 0");
        assertThat(monitor.isActivated()).isTrue();
        assertThat(((HtmlPage) get("admin", "manage/")).asNormalizedText())
                .contains("Release Rollback: the ledger does not verify", "entry 0");
        assertThat(((HtmlPage) get("admin", AUDIT))
                        .getElementById("audit-verification")
                        .asNormalizedText())
                .contains("does not verify");
    }

    @Test
    public void verifyingNowNeedsPostAndTheViewOfAllOfJenkins() throws Exception {
        assertThat(get("admin", AUDIT + "verify").getWebResponse().getStatusCode())
                .isEqualTo(405);
        JenkinsRule.WebClient reader = client("reader");
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), AUDIT + "verify"), HttpMethod.POST);
        reader.addCrumb(request);
        assertThat(reader.getPage(request).getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(LedgerCheck.get().last()).isNull();

        JenkinsRule.WebClient admin = client("admin");
        WebRequest asked = new WebRequest(new URL(jenkins.getURL(), AUDIT + "verify"), HttpMethod.POST);
        admin.addCrumb(asked);
        admin.getPage(asked);
        org.awaitility.Awaitility.await().until(() -> LedgerCheck.get().last() != null);
        assertThat(LedgerCheck.get().last().problem()).isNull();
        assertThat(((HtmlPage) get("admin", AUDIT))
                        .getElementById("audit-verification")
                        .asNormalizedText())
                .contains(RollbackEngine.get().ledger().size() + " entries, every one as it was signed");
    }
}
