package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.rollback.actions.GoingBack;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.witness.LedgerGuard;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.trigger.Signed;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertFormat;
import io.jenkins.plugins.rollback.engine.trigger.format.AlertParser;
import io.jenkins.plugins.rollback.harness.Rig;
import io.jenkins.plugins.rollback.harness.Shop;
import io.jenkins.plugins.rollback.harness.Visitors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.apache.commons.io.FileUtils;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** A Jenkins whose ledger is an older copy, or was made by another one: it waits for a person. */
public class HoldJenkinsTest {

    private static final String ALERT =
            "{\"service\":\"checkout\",\"environment\":\"production\",\"state\":\"firing\",\"dedupe\":\"%s\"}";
    private static final String CONFIRM =
            "administrativeMonitor/io.jenkins.plugins.rollback.config.HoldMonitor/confirm";

    @Rule
    public final JenkinsSessionRule sessions = new JenkinsSessionRule();

    private static HoldMonitor monitor() {
        return ExtensionList.lookupSingleton(HoldMonitor.class);
    }

    private Path ledger() {
        return sessions.getHome().toPath().resolve(EngineLifecycle.FOLDER).resolve("ledger");
    }

    /** What this folder holds was last used in another one, as after a copy of JENKINS_HOME. */
    private void becomeACopy() throws IOException {
        Path guard = ledger().resolve("guard");
        String home = sessions.getHome().toPath().toRealPath().toString();
        Files.writeString(guard, Files.readString(guard).replace(home, "/srv/original"));
    }

    private static void alert(String rollback, String dedupe) throws Exception {
        RollbackEngine.get()
                .deliveries()
                .receive(
                        "alerts",
                        new AlertParser(AlertFormat.PLAIN)
                                .parse(String.format(ALERT, dedupe).getBytes(StandardCharsets.UTF_8))
                                .alerts()
                                .get(0),
                        new Signed(dedupe.repeat(32), 1),
                        "start",
                        rollback);
    }

    private static int waysBack() {
        WorkflowJob back = Jenkins.get().getItemByFullName("checkout-rollback", WorkflowJob.class);
        return back.getNextBuildNumber() - 1 + Jenkins.get().getQueue().getItems().length;
    }

    private static int post(JenkinsRule jenkins, String user, String found, String reason) throws Exception {
        JenkinsRule.WebClient client = new Visitors(jenkins).arrive(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), CONFIRM), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("found", found), new NameValuePair("reason", reason)));
        request.setAdditionalHeader("Referer", jenkins.getURL() + "manage/"); // where the form stands
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    /** @return what the daily work says */
    private static String sweep() throws Exception {
        RollbackConfiguration.get().setRetention(List.of(new RetentionConfig("others", "P1D")));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ExtensionList.lookupSingleton(RetentionWork.class)
                .execute(new StreamTaskListener(said, StandardCharsets.UTF_8));
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    public void aCopyStartsNothingByItselfUntilAPersonConfirms() throws Throwable {
        sessions.then(jenkins -> {
            Shop.open(jenkins);
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin")
                    .grant(
                            Jenkins.READ,
                            Item.READ,
                            Item.BUILD,
                            RollbackPermissions.EXECUTE,
                            RollbackPermissions.CONFIGURE)
                    .everywhere()
                    .to("monitor", "alice"));
            User.getById("monitor", true).save();
            User.getById("alice", true).save();
            WebhookEndpointConfig endpoint = new WebhookEndpointConfig("alerts", "hook");
            endpoint.setRunAs("monitor");
            endpoint.setRule(WebhookEndpointConfig.Rule.START);
            RollbackConfiguration.get().setWebhookEndpoints(List.of(endpoint));
            assertThat(monitor().isActivated()).isFalse();
            alert("rb-ANNOUNCED", "a1"); // the original goes on with it
        });
        becomeACopy();
        sessions.then(jenkins -> {
            RollbackEngine engine = RollbackEngine.get();
            assertThat(engine.catalog().rollback("rb-ANNOUNCED")).isEmpty();
            assertThat(sweep()).startsWith("Nothing is dropped while the ledger is on hold");
            assertThatThrownBy(() -> engine.leases().take(Shop.CHECKOUT, "dp-1", Lease.Purpose.DEPLOYMENT, null))
                    .isInstanceOf(ConditionFailedException.class)
                    .hasMessageContaining("on hold");
            assertThatThrownBy(() -> new GoingBack(engine)
                            .start(
                                    new GoingBack.Wish(
                                            Shop.CHECKOUT, "1.4.0", "webhook", Actor.webhook("alerts"), null),
                                    User.getById("monitor", false).impersonate2()))
                    .isInstanceOf(ConditionFailedException.class);
            assertThat(waysBack()).isZero();

            Visitors visitors = new Visitors(jenkins);
            HtmlPage manage = visitors.again("admin").goTo("manage");
            assertThat(manage.asNormalizedText())
                    .contains("Release Rollback is on hold", "last used by the home folder /srv/original");
            assertThat(visitors.again("alice")
                            .goTo("job/checkout/release-rollback")
                            .asNormalizedText())
                    .contains("At present nothing starts by itself here")
                    .doesNotContain("/srv/original");

            String found = monitor().getFound();
            assertThat(visitors.again("admin")
                            .getPage(new URL(jenkins.getURL(), CONFIRM + "?reason=x"))
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(405);
            assertThat(post(jenkins, "alice", found, "let me")).isEqualTo(403);
            assertThat(post(jenkins, "admin", found, "  ")).isEqualTo(400);
            assertThat(post(jenkins, "admin", "something else", "why not")).isEqualTo(409);
            assertThat(monitor().isActivated()).isTrue();
            assertThat(engine.catalog().rollback("rb-ANNOUNCED")).isEmpty();

            assertThat(post(jenkins, "admin", found, "the original was switched off"))
                    .isLessThan(400);
            assertThat(monitor().isActivated()).isFalse();
            assertThat(sweep()).startsWith("Dropped 0 entries");
            Ledger ledger = engine.ledger();
            Entry epoch = ledger.entries(0, ledger.size()).stream()
                    .filter(entry -> entry.kind() == EventKind.EPOCH_STARTED)
                    .findFirst()
                    .orElseThrow();
            assertThat(ledger.people().actor(epoch.actor())).contains(Actor.user("admin"));
            assertThat(ledger.people().text(epoch.reason())).contains("the original was switched off");
            WorkflowJob back = jenkins.jenkins.getItemByFullName("checkout-rollback", WorkflowJob.class);
            await().atMost(Duration.ofSeconds(90)).until(() -> back.getNextBuildNumber() == 2); // what had waited
            jenkins.waitUntilNoActivity();
        });
        sessions.then(jenkins -> assertThat(monitor().isActivated()).isFalse());
    }

    /** Builds that go on after the start find what they were in the middle of, and begin nothing with it. */
    @Test
    public void inACopyAWayBackThatHadNotBegunWaits() throws Throwable {
        sessions.then(jenkins -> {
            Rig rig = new Rig(jenkins).withGoodRelease();
            WorkflowRun holder = rig.start("other", Rig.deploy("2.0", "semaphore 'holds'"));
            SemaphoreStep.waitForStart("holds/1", holder);
            WorkflowRun back = rig.start(
                    "back",
                    "rollbackRelease(service: 'checkout', environment: 'production', to: '1.0') { echo 'going back' }");
            jenkins.waitForMessage("Waiting: ", back);
        });
        becomeACopy();
        sessions.then(jenkins -> {
            SemaphoreStep.success("holds/1", null);
            WorkflowRun holder = jenkins.jenkins
                    .getItemByFullName("other", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(holder));
            WorkflowRun back =
                    jenkins.jenkins.getItemByFullName("back", WorkflowJob.class).getLastBuild();
            jenkins.waitForMessage("what was begun before does not go on", back);
            assertThat(back.isBuilding()).isTrue();
            jenkins.assertLogNotContains("going back", back);

            LedgerGuard guard = RollbackEngine.get().guard();
            guard.confirm(guard.onHold().orElseThrow(), Actor.user("admin"), "moved");
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(back));
            jenkins.assertLogContains("going back", back);
            assertThat(new Rig(jenkins).deployed()).isEqualTo("1.0");
        });
    }

    @Test
    public void aLedgerThatWasPutBackAloneIsFoundByTheBuildsAndTheFileBesideIt() throws Throwable {
        Path backup =
                sessions.getHome().toPath().resolveSibling(sessions.getHome().getName() + "-ledger");
        sessions.then(jenkins -> {
            new Rig(jenkins).withGoodRelease();
            assertThat(monitor().isActivated()).isFalse();
        });
        FileUtils.copyDirectory(ledger().toFile(), backup.toFile());
        sessions.then(jenkins -> {
            new Rig(jenkins).run(Result.SUCCESS, Rig.deploy("2.0", "fakeGate 'PASS'"));
            assertThat(monitor().isActivated()).isFalse();
        });
        FileUtils.deleteDirectory(ledger().toFile());
        FileUtils.moveDirectory(backup.toFile(), ledger().toFile());
        sessions.then(jenkins -> {
            assertThat(monitor().getReasons())
                    .anyMatch(reason -> reason.startsWith("deploy #1 holds a checkpoint of"))
                    .anyMatch(reason -> reason.contains("release-rollback-ledger.checkpoint holds a checkpoint of"));
            assertThat(monitor().getLost())
                    .isGreaterThan(RollbackEngine.get().ledger().size());
            assertThat(RollbackEngine.get().catalog().deployed(Rig.TARGET).map(Deployment::version))
                    .contains("1.0");
            RollbackEngine.get()
                    .guard()
                    .confirm(RollbackEngine.get().guard().onHold().orElseThrow(), Actor.user("admin"), "a bad disk");
        });
        sessions.then(jenkins -> assertThat(monitor().isActivated()).isFalse());
    }
}
