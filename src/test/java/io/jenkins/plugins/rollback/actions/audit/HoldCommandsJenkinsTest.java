package io.jenkins.plugins.rollback.actions.audit;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.harness.Shop;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The commands by which administrators keep entries whatever the retention schedule says. */
public class HoldCommandsJenkinsTest {

    private static final int ABORTED = 5;
    private static final int NOT_ALLOWED = 6;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void aShop() throws Exception {
        Shop.open(jenkins);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private CLICommandInvoker.Result run(String user, String command, String... arguments) {
        return new CLICommandInvoker(jenkins, command).asUser(user).invokeWithArgs(arguments);
    }

    @Test
    public void placedListedAndLiftedWithWhoAndWhyInTheLedger() throws Exception {
        CLICommandInvoker.Result placed =
                run("admin", "rollback-hold-add", "case-7", "-service", "checkout", "-reason", "case 7 of the court");
        assertThat(placed.returnCode()).as(placed.stderr()).isZero();
        assertThat(run("admin", "rollback-hold-list").stdout())
                .contains("case-7", "\"service\":\"checkout\"", "admin", "case 7 of the court");

        CLICommandInvoker.Result lifted =
                run("admin", "rollback-hold-lift", "case-7", "-reason", "the court has decided");
        assertThat(lifted.returnCode()).as(lifted.stderr()).isZero();
        assertThat(run("admin", "rollback-hold-list").stdout()).isEmpty();

        Ledger ledger = RollbackEngine.get().ledger();
        List<Entry> holds = ledger.entries(0, ledger.size()).stream()
                .filter(entry -> entry.kind() == EventKind.HOLD_PLACED || entry.kind() == EventKind.HOLD_LIFTED)
                .toList();
        assertThat(holds).extracting(Entry::kind).containsExactly(EventKind.HOLD_PLACED, EventKind.HOLD_LIFTED);
        assertThat(holds).allSatisfy(entry -> assertThat(ledger.people().shown(entry.actor()))
                .isEqualTo("admin"));
        assertThat(placed.stdout()).contains("as entry " + holds.get(0).index());
    }

    @Test
    public void whatCannotBeIsRefusedAndRecordsNothing() throws Exception {
        long before = RollbackEngine.get().ledger().size();
        assertThat(run("admin", "rollback-hold-add", "x", "-reason", "why").stderr())
                .contains("a hold needs a service, environment, rollback, actor or period");
        assertThat(run("admin", "rollback-hold-add", "x", "-from", "yesterday", "-reason", "why")
                        .stderr())
                .contains("yesterday");
        assertThat(run("admin", "rollback-hold-add", "x", "-actor", "nobody", "-reason", "why")
                        .returnCode())
                .isEqualTo(ABORTED);
        assertThat(run("admin", "rollback-hold-lift", "x", "-reason", "why").returnCode())
                .isEqualTo(ABORTED);
        assertThat(RollbackEngine.get().ledger().size()).isEqualTo(before);
    }

    @Test
    public void forAdministratorsAlone() throws Exception {
        assertThat(run("reader", "rollback-hold-add", "x", "-service", "checkout", "-reason", "why")
                        .returnCode())
                .isEqualTo(NOT_ALLOWED);
        assertThat(run("reader", "rollback-hold-lift", "x", "-reason", "why").returnCode())
                .isEqualTo(NOT_ALLOWED);
        assertThat(run("reader", "rollback-hold-list").returnCode()).isEqualTo(NOT_ALLOWED);
    }
}
