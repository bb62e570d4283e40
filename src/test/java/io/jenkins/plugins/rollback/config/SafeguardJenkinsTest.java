package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.ExtensionList;
import hudson.cli.CLICommandInvoker;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.harness.Visitors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What protects the ledger: witnesses, and its key. */
public class SafeguardJenkinsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final WitnessConfig.DescriptorImpl form = new WitnessConfig.DescriptorImpl();

    private static SafeguardMonitor monitor() {
        return ExtensionList.lookupSingleton(SafeguardMonitor.class);
    }

    @Test
    public void savedWitnessesGetTheCheckpointAndOneThatFailsIsNamed() throws Exception {
        Path file = folder.getRoot().toPath().resolve("elsewhere/checkpoint");
        RollbackEngine.get()
                .ledger()
                .append(Event.of(EventKind.DRILL_RUN)
                        .with("drill", "d1")
                        .with("scenario", "bad-canary")
                        .with("seed", 1));
        String note = RollbackEngine.get().ledger().checkpoint().note();
        RollbackConfiguration.get()
                .setWitnesses(List.of(
                        new WitnessConfig("file", file.toString()),
                        new WitnessConfig("http", "http://127.0.0.1:1/checkpoint")));

        await().until(() -> Files.exists(file) && Files.readString(file).equals(note));
        await().until(() -> !monitor().getFailingWitnesses().isEmpty());
        assertThat(monitor().isActivated()).isTrue();
        assertThat(monitor().getFailingWitnesses()).singleElement().satisfies(failing -> {
            assertThat(failing.getName()).isEqualTo("http://127.0.0.1:1/checkpoint");
            assertThat(failing.getSince()).startsWith("20");
        });
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        assertThat(client.goTo("manage").asNormalizedText())
                .contains("The witness http://127.0.0.1:1/checkpoint has not got the newest checkpoint since");
        // the one in JENKINS_HOME is always there
        assertThat(jenkins.jenkins.getRootDir().toPath().resolve("release-rollback-ledger.checkpoint"))
                .exists();
        RollbackConfiguration.get().setWitnesses(List.of());
        await().until(() -> monitor().getFailingWitnesses().isEmpty());
    }

    @Test
    public void theTestBringsTheCheckpointWithTheCredentials() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", null, Secret.fromString("s3cret")));
        AtomicReference<String> kept = new AtomicReference<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean may = "Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (may && exchange.getRequestMethod().equals("PUT")) {
                kept.set(new String(body, StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(may ? kept.get() == null ? 404 : 200 : 401, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/jenkins";
            FormValidation refused = form.doTestWitness("http", url, null, null);
            assertThat(refused.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(refused.getMessage()).contains("answers 401");
            assertThat(form.doTestWitness("http", url, null, "nonesuch").getMessage())
                    .contains("there is no credential");
            FormValidation good = form.doTestWitness("http", url, null, "token");
            assertThat(good.kind).as(good.getMessage()).isEqualTo(FormValidation.Kind.OK);
            assertThat(kept.get())
                    .isEqualTo(RollbackEngine.get().ledger().checkpoint().note());
        } finally {
            server.stop(0);
        }
        String inside =
                jenkins.jenkins.getRootDir().toPath().resolve("checkpoint").toString();
        assertThat(form.doCheckAddress(inside, "file").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(form.doCheckAddress("checkpoint", "file").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    public void theKeyIsChangedByTheCommand() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, RollbackPermissions.EXPORT)
                .everywhere()
                .to("auditor"));
        String before = RollbackEngine.get().ledger().tree().key().toString();
        assertThat(rotate("auditor", "-reason", "because").returnCode()).isEqualTo(6);
        assertThat(rotate("admin").returnCode()).as("without a reason").isEqualTo(2);
        CLICommandInvoker.Result changed = rotate("admin", "-reason", "every year");
        assertThat(changed.returnCode()).as(changed.stderr()).isZero();
        String after = RollbackEngine.get().ledger().tree().key().toString();
        assertThat(after).isNotEqualTo(before);
        assertThat(changed.stdout()).contains(after);
        assertThat(RollbackEngine.get().guard().onHold()).isEmpty();
    }

    private CLICommandInvoker.Result rotate(String user, String... arguments) {
        return new CLICommandInvoker(jenkins, "rollback-ledger-rotate-key")
                .asUser(user)
                .invokeWithArgs(arguments);
    }

    @Test
    public void aLostKeyIsAnAlarmAndAPersonMayGoOnWithoutIt() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice"));
        EngineMonitor alarm = ExtensionList.lookupSingleton(EngineMonitor.class);
        String before = RollbackEngine.get().ledger().origin();
        EngineLifecycle.get().close();
        Files.delete(jenkins.jenkins.getRootDir().toPath().resolve("secrets/io.jenkins.plugins.rollback.ledger-key"));
        EngineLifecycle.get().open();
        assertThat(alarm.isActivated()).isTrue();
        assertThat(alarm.isKeyLost()).isTrue();
        Visitors visitors = new Visitors(jenkins);
        assertThat(visitors.again("admin").goTo("manage").asNormalizedText())
                .contains("the private key of the ledger", "is gone", "nothing but your word links it");

        assertThat(confirmLoss(visitors, "alice", "lost")).isEqualTo(403);
        assertThat(confirmLoss(visitors, "admin", "")).isEqualTo(400);
        assertThat(RollbackEngine.find()).isEmpty();
        assertThat(confirmLoss(visitors, "admin", "the disk with the secrets died"))
                .isLessThan(400);
        assertThat(alarm.isActivated()).isFalse();
        assertThat(RollbackEngine.get().ledger().origin()).isNotEqualTo(before);
        assertThat(RollbackEngine.get().guard().onHold()).isEmpty();
        assertThat(confirmLoss(visitors, "admin", "again")).isEqualTo(409);
        RollbackEngine.get().ledger().checkpoint();
        assertThat(LedgerVerifier.verify(RollbackEngine.get().ledgerFolder()).problem())
                .isNull();
    }

    private int confirmLoss(Visitors visitors, String user, String reason) throws Exception {
        JenkinsRule.WebClient client = visitors.arrive(user);
        WebRequest request = new WebRequest(
                new URL(
                        jenkins.getURL(),
                        "administrativeMonitor/io.jenkins.plugins.rollback.config.EngineMonitor/confirmLoss"),
                HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("reason", reason)));
        request.setAdditionalHeader("Referer", jenkins.getURL() + "manage/"); // where the form stands
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getStatusCode();
    }
}
