package io.jenkins.plugins.rollback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ExtensionList;
import hudson.cli.CLICommandInvoker;
import hudson.util.FormValidation;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.SharedLedger;
import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresServer;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.nio.file.Files;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins whose ledger is in a real PostgreSQL, which goes away and comes back. */
public class SharedLedgerJenkinsTest {

    private static final Target SHOP = new Target("shop", "production");
    private static final Duration LONG = Duration.ofSeconds(90); // for a busy machine

    @ClassRule
    public static final PostgresServer POSTGRES = new PostgresServer();

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final SharedLedgerConfig.DescriptorImpl form = new SharedLedgerConfig.DescriptorImpl();

    private static void credentials(String id, String user, String password) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, user, password));
    }

    private static LedgerMonitor monitor() {
        return ExtensionList.lookupSingleton(LedgerMonitor.class);
    }

    private String manage() throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        return client.goTo("manage").asNormalizedText();
    }

    @Test
    public void savedSettingsAreUsedFromTheNextStartOnAndTheMonitorSaysWhatIsTheMatter() throws Exception {
        Database database = POSTGRES.database();
        credentials("db", database.user(), database.password());
        assertThat(RollbackEngine.get().ledger()).isInstanceOf(FileLedger.class);
        assertThat(monitor().isActivated()).isFalse();
        RollbackConfiguration.get().setSharedLedger(new SharedLedgerConfig(database.url(), "db"));
        assertThat(monitor().isActivated()).isTrue();
        assertThat(manage()).contains("from the next start of Jenkins on");

        EngineLifecycle.get().close();
        EngineLifecycle.get().open();
        RollbackEngine engine = RollbackEngine.get();
        assertThat(engine.ledger()).isInstanceOf(SharedLedger.class);
        assertThat(monitor().isActivated()).isFalse();
        Actor alice = Actor.user("alice");
        engine.rollbacks().requested("rb-1", SHOP, "2", "1", null, "button", null, alice, "INC-1");
        assertThat(engine.isOurs("rb-1")).isTrue();

        String key = engine.ledger().tree().key().toString();
        CLICommandInvoker.Result changed = rotateKey();
        assertThat(changed.returnCode()).as(changed.stderr()).isZero();
        assertThat(engine.ledger().tree().key().toString()).isNotEqualTo(key);
        assertThat(changed.stdout()).contains(engine.ledger().tree().key().toString());

        POSTGRES.stop();
        Awaitility.await().atMost(LONG).until(() -> monitor().isActivated());
        Lease lease = engine.leases().take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        engine.rollbacks().started("rb-1", null, alice);
        assertThatThrownBy(() ->
                        engine.leases().take(new Target("cart", "production"), "dp-1", Lease.Purpose.DEPLOYMENT, null))
                .isInstanceOf(ConditionFailedException.class);
        CLICommandInvoker.Result refused = rotateKey();
        assertThat(refused.returnCode()).isEqualTo(4);
        assertThat(refused.stderr()).contains("this controller is cut off from the others");
        assertThat(monitor().getSpooled()).isEqualTo(2);
        assertThat(manage())
                .contains("does not answer")
                .contains("2 wait")
                .contains("PostgreSQL at ")
                .doesNotContain(database.password() + "@");

        POSTGRES.start();
        Awaitility.await().atMost(LONG).until(() -> !monitor().isActivated());
        assertThat(engine.leases().isCurrent(lease)).isTrue();
        assertThat(engine.ledger().entry(2).spooled()).isTrue();
        EngineLifecycle.get().close();
        assertThat(LedgerVerifier.verify(jenkins.jenkins
                                .getRootDir()
                                .toPath()
                                .resolve(EngineLifecycle.FOLDER)
                                .resolve("ledger-shared"))
                        .problem())
                .isNull();
        Files.delete(
                jenkins.jenkins.getRootDir().toPath().resolve("secrets/io.jenkins.plugins.rollback.shared-ledger-key"));
        EngineLifecycle.get().open();
        EngineMonitor alarm = ExtensionList.lookupSingleton(EngineMonitor.class);
        assertThat(alarm.isKeyLost()).isTrue();
        EngineLifecycle.get().openWithoutKey(alice, "the disk died");
        assertThat(alarm.isActivated()).as(alarm.getProblem()).isFalse();
        assertThat(RollbackEngine.get().ledger().origin())
                .isEqualTo(engine.ledger().origin());
    }

    private CLICommandInvoker.Result rotateKey() {
        return new CLICommandInvoker(jenkins, "rollback-ledger-rotate-key").invokeWithArgs("-reason", "every year");
    }

    @Test
    public void testConnectionTellsWhatIsThereAndChangesNothing() throws Exception {
        Database database = POSTGRES.database();
        credentials("db", database.user(), database.password());
        credentials("stranger", "stranger", "wrong-secret");
        FormValidation empty = form.doTestConnection(database.url(), "db");
        assertThat(empty.kind).as(empty.getMessage()).isEqualTo(FormValidation.Kind.OK);
        assertThat(empty.getMessage()).contains("without a ledger");
        assertThat(form.doTestConnection(database.url(), "db").getMessage()).contains("without a ledger");
        assertThat(form.doTestConnection(database.url(), "nonesuch").getMessage())
                .contains("no user name with password under the id 'nonesuch'".replace("'", "&#039;"));
        assertThat(form.doTestConnection("jdbc:postgresql://127.0.0.1:1/ledger", "db").kind)
                .isEqualTo(FormValidation.Kind.ERROR);
        assertThat(form.doTestConnection("jdbc:postgresql://127.0.0.1:1/ledger?password=x", "db")
                        .getMessage())
                .contains("belong into credentials");
        PostgresServer.execute(database, "CREATE TABLE rollback_head (size bigint)");
        assertThat(form.doTestConnection(database.url(), "db").kind)
                .as("a table of ours that is none")
                .isEqualTo(FormValidation.Kind.ERROR);
    }
}
