package io.jenkins.plugins.rollback.actions.audit;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.harness.Shop;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who may take entries away, and what is in the zip. */
public class AuditExportJenkinsTest {

    private static final String EXPORT = "rollback-audit/export";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void aShop() throws Exception {
        WorkflowJob job = Shop.open(jenkins);
        String build = jenkins.buildAndAssertSuccess(job).getParent().getFullName() + "#1";
        RollbackEngine.get()
                .ledger()
                .append(Event.of(EventKind.RELEASE_RETAINED)
                        .service("checkout")
                        .version("1.5")
                        .actor(Actor.user("bob"))
                        .reason("=INC-77")
                        .with("manifest", "cd".repeat(32))
                        .with("files", 1)
                        .with("bytes", 1)
                        .with("build", build));
        RollbackEngine.get()
                .ledger()
                .append(Event.of(EventKind.THROTTLE)
                        .with("cause", "quiet hours")
                        .service("cart")
                        .actor(Actor.user("bob")));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, RollbackPermissions.VIEW, hudson.model.Item.READ)
                .everywhere()
                .to("auditor", "viewer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(RollbackPermissions.EXPORT)
                .everywhere()
                .to("auditor"));
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.setJavaScriptEnabled(false);
        return client.login(user);
    }

    private WebResponse get(String user, String url) throws Exception {
        return client(user).getPage(new URL(jenkins.getURL(), url)).getWebResponse();
    }

    private WebResponse post(String user, boolean crumb, String... pairs) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), EXPORT), HttpMethod.POST);
        List<NameValuePair> parameters = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.add(new NameValuePair(pairs[i], pairs[i + 1]));
        }
        if (crumb) {
            parameters.add(client.addCrumb(request).getRequestParameters().get(0));
        }
        request.setRequestParameters(parameters);
        return client.getPage(request).getWebResponse();
    }

    @Test
    public void needsItsPermissionAndAPost() throws Exception {
        long before = RollbackEngine.get().ledger().size();
        assertThat(post("viewer", true).getStatusCode()).isEqualTo(403);
        assertThat(post("auditor", false).getStatusCode()).as("without a crumb").isEqualTo(403);
        assertThat(get("auditor", EXPORT).getStatusCode()).isEqualTo(405);
        assertThat(post("auditor", true, "from", "soon").getStatusCode()).isEqualTo(400);
        assertThat(RollbackEngine.get().ledger().size()).as("nothing exported").isEqualTo(before);
        assertThat(get("viewer", "rollback-audit/").getContentAsString()).doesNotContain("audit-export");
        assertThat(get("auditor", "rollback-audit/?text=%22%3E%3Cb%3E").getContentAsString())
                .contains("audit-export")
                .doesNotContain("\"><b>");
    }

    @Test
    public void personIsShownAndErasedByAdministratorsAlone() throws Exception {
        assertThat(run("auditor", "rollback-person-erase", "bob").returnCode()).isEqualTo(6);
        assertThat(run("auditor", "rollback-person-show", "bob").returnCode()).isEqualTo(6);
        CLICommandInvoker.Result shown = run("admin", "rollback-person-show", "bob");
        assertThat(shown.returnCode()).as(shown.stderr()).isZero();
        assertThat(shown.stdout()).contains("=INC-77", "\"did\"");

        CLICommandInvoker.Result erased = run("admin", "rollback-person-erase", "bob");

        assertThat(erased.returnCode()).as(erased.stderr()).isZero();
        assertThat(erased.stdout()).startsWith("Erased 1 rows, 0 of them texts");
        assertThat(get("viewer", "rollback-audit/").getContentAsString())
                .contains("erased person ")
                .doesNotContain(">bob<");
        assertThat(RollbackEngine.get().verifyLedger(null).problem()).isNull();
        assertThat(run("admin", "rollback-person-erase", "bob").returnCode()).isEqualTo(3);
    }

    private CLICommandInvoker.Result run(String user, String command, String... arguments) {
        return new CLICommandInvoker(jenkins, command).asUser(user).invokeWithArgs(arguments);
    }

    @Test
    public void sendsWhatIsSearchedForAndRecordsWho() throws Exception {
        long before = RollbackEngine.get().ledger().size();

        WebResponse response = post("auditor", true, "service", "checkout");

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(response.getContentType()).isEqualTo("application/zip");
        assertThat(response.getResponseHeaderValue("Content-Disposition"))
                .matches("attachment; filename=\"rollback-audit-\\d{8}-\\d{6}\\.zip\"");
        Map<String, String> files = new HashMap<>();
        try (InputStream content = response.getContentAsStream();
                ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content.readAllBytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(files.get("entries.csv")).contains(",'=INC-77,", ",bob,").doesNotContain("cart");
        assertThat(files.get("hashes.csv"))
                .contains("release manifest,checkout 1.5," + "cd".repeat(32))
                .containsPattern("build log,checkout#1,[0-9a-f]{64},");
        assertThat(files).containsKeys("manifest.json", "manifest.sig", "summary.pdf", "proofs.jsonl", "vkey");
        Entry entry = RollbackEngine.get().ledger().entry(before);
        assertThat(entry.kind()).isEqualTo(EventKind.EXPORT);
        assertThat(RollbackEngine.get().ledger().people().shown(entry.actor())).isEqualTo("auditor");
    }
}
