package io.jenkins.plugins.rollback.actions;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.model.Item;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.config.RollbackPermissions;
import io.jenkins.plugins.rollback.engine.approval.Approval;
import io.jenkins.plugins.rollback.engine.approval.ApprovalPolicy;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.harness.Shop;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Deciding from a terminal: the same rules as on the page. */
public class ApprovalCommandsJenkinsTest {

    private static final int ABORTED = 5;
    private static final int NOT_ALLOWED = 6;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    /** Alice asked for it, bob and carol may approve it, two have to; a reader sees it, a stranger does not. */
    @Before
    public void somethingWaits() throws Exception {
        String build = jenkins.buildAndAssertSuccess(Shop.open(jenkins)).getExternalizableId();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("alice", "bob", "carol", "reader", "stranger")
                .grant(Item.READ, RollbackPermissions.VIEW)
                .everywhere()
                .to("alice", "bob", "carol", "reader")
                .grant(RollbackPermissions.APPROVE)
                .everywhere()
                .to("alice", "bob", "carol"));
        RollbackEngine engine = RollbackEngine.get();
        engine.rollbacks()
                .requested("rb-1", Shop.CHECKOUT, "1.4.1", "1.4.0", null, "step", build, Actor.user("alice"), "errors");
        engine.approvals()
                .ask(
                        "ap-1",
                        Shop.CHECKOUT,
                        "rb-1",
                        "1.4.1",
                        "1.4.0",
                        "ef".repeat(32),
                        new ApprovalPolicy("production", new TreeSet<>(), 2, false, Duration.ofHours(1)),
                        new TreeSet<>(List.of("alice")),
                        build);
    }

    private CLICommandInvoker.Result run(String user, String command, String... arguments) {
        return new CLICommandInvoker(jenkins, command).asUser(user).invokeWithArgs(arguments);
    }

    private CLICommandInvoker.Result decide(String user, String decision) {
        return run(user, "rollback-approval-decide", "ap-1", decision, "-reason", "INC-7");
    }

    private static Approval now() {
        return RollbackEngine.get().approvals().find("ap-1").orElseThrow();
    }

    @Test
    public void eachSeesWhatWaitsAndWhatWaitsForThem() {
        assertThat(run("reader", "rollback-approval-list").stdout())
                .contains("ap-1", "checkout", "production", "1.4.1 -> 1.4.0", "0/2");
        assertThat(run("stranger", "rollback-approval-list").stdout()).isEmpty();
        assertThat(run("bob", "rollback-approval-list", "-mine").stdout()).contains("ap-1");
        assertThat(run("alice", "rollback-approval-list", "-mine").stdout())
                .as("she asked")
                .isEmpty();
        assertThat(run("reader", "rollback-approval-list", "-mine").stdout()).isEmpty();
    }

    @Test
    public void approvedTakenBackAndSettled() {
        CLICommandInvoker.Result first = decide("bob", "approve");
        assertThat(first.returnCode()).as(first.stderr()).isZero();
        assertThat(first.stdout()).contains("waiting (1 of 2 said yes)");
        assertThat(run("bob", "rollback-approval-list", "-mine").stdout())
                .as("he has said it")
                .isEmpty();
        assertThat(decide("bob", "takeBack").stdout()).contains("waiting (0 of 2 said yes)");

        assertThat(decide("bob", "approve").returnCode()).isZero();
        assertThat(decide("carol", "approve").stdout()).contains("approved (2 of 2 said yes)");
        assertThat(now().state()).isEqualTo(Approval.State.APPROVED);
        assertThat(run("reader", "rollback-approval-list").stdout()).isEmpty();

        CLICommandInvoker.Result late = decide("carol", "reject");
        assertThat(late.returnCode()).isEqualTo(ABORTED);
        assertThat(late.stderr()).contains("settled: approved by carol");
    }

    @Test
    public void whoAskedMayRejectAlone() {
        assertThat(decide("alice", "approve").stderr()).contains("somebody else than alice");
        assertThat(now().votes()).isEmpty();
        assertThat(decide("alice", "reject").returnCode()).isZero();
        assertThat(now().state()).isEqualTo(Approval.State.REJECTED);
    }

    @Test
    public void nobodyDecidesWhoMayNot() {
        assertThat(decide("reader", "approve").returnCode()).isEqualTo(NOT_ALLOWED);
        CLICommandInvoker.Result stranger = decide("stranger", "approve");
        assertThat(stranger.returnCode()).isEqualTo(ABORTED);
        assertThat(stranger.stderr())
                .isEqualTo(run("stranger", "rollback-approval-decide", "ap-2", "approve", "-reason", "x")
                        .stderr()
                        .replace("ap-2", "ap-1"));
        assertThat(decide("bob", "perhaps").stderr()).contains("Say approve, reject or takeBack.");
        assertThat(run("bob", "rollback-approval-decide", "ap-1", "approve", "-reason", " ")
                        .stderr())
                .contains("a reason is required");
        assertThat(now().votes()).isEmpty();
    }
}
