package io.jenkins.plugins.rollback.actions.releases;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.harness.Rig;
import io.jenkins.plugins.rollback.harness.Shop;
import io.jenkins.plugins.rollback.harness.Visitors;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who sees which releases, who may pin them, and what the page says of one that cannot be restored. */
public class ReleasesJenkinsTest {

    private static final String ALL = "rollback-releases/";
    private static final String OF_JOB = "job/checkout/release-rollback/releases/";
    private static final String SCRIPT = "<script>alert(1)</script>";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private Visitors visitors;

    @Before
    public void aShop() throws Exception {
        Shop.open(jenkins);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "reader", "keeper")
                .grant(Item.READ)
                .onItems(jenkins.jenkins.getItem("checkout"))
                .to("reader", "keeper")
                .grant(RollbackPermissions.RETAIN)
                .onItems(jenkins.jenkins.getItem("checkout"))
                .to("keeper")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        visitors = new Visitors(jenkins);
    }

    private Page get(String user, String path) throws Exception {
        return visitors.again(user).getPage(new URL(jenkins.getURL(), path));
    }

    private int status(String user, String path) throws Exception {
        return get(user, path).getWebResponse().getStatusCode();
    }

    private Page post(String user, String path, String version, String reason) throws Exception {
        JenkinsRule.WebClient client = visitors.again(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
        request.setRequestParameters(List.of(
                new NameValuePair("service", "checkout"),
                new NameValuePair("version", version),
                new NameValuePair("reason", reason)));
        client.addCrumb(request);
        return client.getPage(request);
    }

    private JSONObject json(String user, String path) throws Exception {
        return JSONObject.fromObject(get(user, path).getWebResponse().getContentAsString());
    }

    @Test
    public void showsWhatTheViewerMaySee() throws Exception {
        for (String path : new String[] {ALL, OF_JOB}) {
            HtmlPage page = (HtmlPage) get("reader", path);
            assertThat(page.asNormalizedText())
                    .contains("1.4.1", "last-good in production", "checkout#1", "its bytes are not in this vault");
            assertThat(page.getAnchors())
                    .noneMatch(link -> link.getHrefAttribute().startsWith("pin/"));
        }
        assertThat(status("stranger", ALL)).isEqualTo(403);
        assertThat(status("stranger", OF_JOB)).isEqualTo(404);
        assertThat(status("stranger", ALL + "api/json")).isEqualTo(403);
        JSONObject row =
                json("reader", ALL + "api/json").getJSONArray("releases").getJSONObject(0);
        assertThat(row.getString("version")).isEqualTo("1.4.1");
        assertThat(row.getBoolean("restorable")).isFalse();
        assertThat(row.getJSONArray("deployedIn").getString(0)).isEqualTo("production");
        assertThat(json("reader", OF_JOB + "api/json?service=other")
                        .getJSONArray("releases")
                        .size())
                .isZero();
    }

    @Test
    public void aPinNeedsThePermissionAReasonAndAPost() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        ReleaseId id = new ReleaseId("checkout", "1.4.0");
        String question = "pin/?service=checkout&version=1.4.0";
        assertThat(status("reader", ALL + question)).isEqualTo(403);
        assertThat(post("reader", ALL + "pin/pin", "1.4.0", "why")
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(status("keeper", ALL + "pin/pin?service=checkout&version=1.4.0&reason=x"))
                .as("GET")
                .isEqualTo(405);
        assertThat(post("keeper", ALL + "pin/pin", "1.4.0", " ")
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(400);
        assertThat(status("keeper", ALL + "pin/?service=checkout&version=9.9")).isEqualTo(404);
        assertThat(status("keeper", ALL + "pin/?service=checkout&version=..%2F"))
                .isEqualTo(400);
        assertThat(engine.catalog().pin(id)).isEmpty();

        HtmlPage form = (HtmlPage) get("keeper", OF_JOB + question);
        assertThat(form.asNormalizedText()).contains("Pin release", "1.4.0");
        assertThat(post("keeper", OF_JOB + "pin/pin", "1.4.0", SCRIPT)
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(engine.catalog().pin(id)).isPresent();
        assertThat(post("keeper", ALL + "pin/pin", "1.4.0", "again")
                        .getWebResponse()
                        .getStatusCode())
                .as("pinned already")
                .isEqualTo(409);

        HtmlPage page = (HtmlPage) get("reader", ALL);
        assertThat(page.asNormalizedText()).contains("pinned", "keeper", SCRIPT);
        assertThat(page.getWebResponse().getContentAsString()).doesNotContain(SCRIPT);
        assertThat(get("keeper", ALL + question).getWebResponse().getContentAsString())
                .contains("Take pin back")
                .doesNotContain(SCRIPT);
        post("keeper", ALL + "pin/unpin", "1.4.0", "over");
        assertThat(engine.catalog().pin(id)).isEmpty();
    }

    @Test
    public void aThousandReleasesComeInPages() throws Exception {
        RollbackEngine engine = RollbackEngine.get();
        for (int i = 0; i < 1_000; i++) {
            engine.ledger()
                    .append(Event.of(EventKind.RELEASE_RETAINED)
                            .release(new ReleaseId("checkout", "2." + i))
                            .actor(Actor.SYSTEM)
                            .with("manifest", "ab".repeat(32))
                            .with("files", 1)
                            .with("bytes", 4_000_000)
                            .with("stored", 400_000)
                            .with("build", "gone#" + i));
        }
        HtmlPage first = (HtmlPage) get("reader", ALL + "?service=checkout");
        assertThat(first.querySelectorAll("#releases tbody tr")).hasSize(50);
        assertThat(first.asNormalizedText()).contains("2.999", "90 % saved", "gone#999");
        assertThat(first.getAnchors()).noneMatch(link -> link.getHrefAttribute().contains("gone"));
        HtmlPage second = first.getAnchorByText("Older releases").click();
        assertThat(second.asNormalizedText()).contains("2.949").doesNotContain("2.950");
        int seen = 0;
        long next = Long.MAX_VALUE;
        while (next != -1) {
            JSONObject page = json("reader", ALL + "api/json?before=" + next);
            seen += page.getJSONArray("releases").size();
            next = page.getLong("next");
        }
        assertThat(seen).isEqualTo(1_002);
    }

    @Test
    public void rotIsFoundNamedAndShown() throws Exception {
        new Rig(jenkins).retained("3.0", "3.1");
        VaultCheck check = VaultCheck.get();
        assertThat(check.last()).isNull();
        assertThat(check.check().faults()).isEmpty();
        VaultMonitor monitor =
                jenkins.jenkins.getExtensionList(VaultMonitor.class).get(0);
        assertThat(monitor.isActivated()).isFalse();
        assertThat(row("3.0").getBoolean("restorable")).isTrue();
        assertThat(row("3.0").getString("verifiedAt")).startsWith("20");

        String content = RollbackEngine.get()
                .vault()
                .manifest(new ReleaseId("checkout", "3.0"))
                .orElseThrow()
                .files()
                .get(0)
                .sha256();
        try (Stream<Path> files =
                Files.walk(jenkins.jenkins.getRootDir().toPath().resolve("release-rollback/vault"))) {
            Path blob = files.filter(file -> file.getFileName().toString().equals(content))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(blob);
            bytes[0] ^= 1;
            Files.write(blob, bytes);
        }
        check.check();

        assertThat(monitor.isActivated()).isTrue();
        assertThat(monitor.getFaults()).hasSize(1);
        assertThat(monitor.getFaults().get(0)).startsWith("release checkout/3.0, 'app.txt': ");
        assertThat(row("3.0").getBoolean("restorable")).isFalse();
        assertThat(row("3.0").getString("problem")).startsWith("app.txt: ");
        assertThat(row("3.1").getBoolean("restorable")).isTrue();
        assertThat(((HtmlPage) get("admin", "manage/")).asNormalizedText())
                .contains("retained releases are damaged", "release checkout/3.0, 'app.txt'");
        assertThat(status("admin", "administrativeMonitor/" + monitor.id + "/check"))
                .as("GET")
                .isEqualTo(405);
    }

    private JSONObject row(String version) throws Exception {
        for (Object row : json("reader", ALL + "api/json").getJSONArray("releases")) {
            if (((JSONObject) row).getString("version").equals(version)) {
                return (JSONObject) row;
            }
        }
        throw new AssertionError(version);
    }
}
