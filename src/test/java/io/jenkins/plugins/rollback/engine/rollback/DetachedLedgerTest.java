package io.jenkins.plugins.rollback.engine.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.SharedLedger;
import io.jenkins.plugins.rollback.engine.ledger.SharedLedgers;
import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresServer;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresStore;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The database goes away in the middle, and comes back: what a person starts goes on, and nothing is lost. */
public class DetachedLedgerTest {

    private static final Target SHOP = new Target("shop", "production");
    private static final Target CART = new Target("cart", "production");
    private static final Actor ALICE = Actor.user("alice");
    private static final Duration LONG = Duration.ofSeconds(90); // for a busy machine

    @Rule
    public final PostgresServer postgres = new PostgresServer();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<Controller> controllers = new ArrayList<>();
    private Database database;

    /** The engine as one Jenkins has it. */
    private final class Controller {
        final SharedLedger ledger;
        final Catalog catalog;
        final Leases leases;
        final Rollbacks rollbacks;

        Controller(String name) throws IOException {
            ledger = SharedLedger.open(
                    SharedLedgers.setup(home(name), name, Duration.ofMillis(200)),
                    new PostgresStore(database),
                    Clock.systemUTC());
            controllers.add(this);
            catalog = new Catalog(ledger);
            ledger.attach(catalog);
            leases = new Leases(ledger, catalog);
            rollbacks = new Rollbacks(ledger, catalog);
        }

        void request(String id, Target target, Actor actor) throws IOException, ConditionFailedException {
            rollbacks.requested(id, target, "2", "1", null, "button", null, actor, "INC-1 " + id);
        }

        void awaitDetached(boolean expected) {
            Awaitility.await().atMost(LONG).until(() -> ledger.detached().isPresent() == expected);
        }
    }

    private Path home(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    @After
    public void close() throws IOException {
        for (Controller controller : controllers) {
            controller.ledger.close();
        }
        controllers.clear();
    }

    @Test
    public void aPersonsRollbackGoesOnAndIsMergedInOrder() throws Exception {
        database = postgres.database();
        Controller one = new Controller("one");
        one.request("rb-1", SHOP, ALICE);
        Lease lease = one.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        long before = one.ledger.size();

        postgres.stop();
        one.rollbacks.started("rb-1", null, ALICE);
        assertThat(one.ledger.detached()).isPresent();
        one.request("rb-2", CART, ALICE);
        Lease aside = one.leases.take(CART, "rb-2", Lease.Purpose.ROLLBACK, null);
        one.rollbacks.started("rb-2", null, ALICE);
        assertThat(one.leases.isCurrent(lease)).isTrue();
        assertThat(one.leases.isCurrent(aside)).isTrue();
        Entry done = one.rollbacks.done("rb-1", ALICE);
        assertThat(one.ledger.spooled()).isEqualTo(5);
        assertThat(one.ledger.size()).isEqualTo(before);
        assertThat(one.ledger.entry(done.index())).isEqualTo(done);
        assertThat(one.ledger.people().actor(done.actor())).contains(ALICE);

        postgres.start();
        one.awaitDetached(false);
        assertThat(one.ledger.spooled()).isZero();
        assertThat(Files.exists(home("one").resolve("spool"))).isFalse();
        assertThat(one.ledger.entries(before, one.ledger.size()))
                .allMatch(Entry::spooled)
                .allMatch(entry -> entry.text("recorded") != null)
                .extracting(Entry::kind)
                .containsExactly(
                        EventKind.ROLLBACK_STARTED,
                        EventKind.ROLLBACK_REQUESTED,
                        EventKind.LEASE_TAKEN,
                        EventKind.ROLLBACK_STARTED,
                        EventKind.ROLLBACK_DONE);
        assertThat(one.leases.isCurrent(aside)).as("a lease keeps its number").isTrue();
        assertThat(one.catalog.rollback("rb-1").orElseThrow().state()).isEqualTo(RollbackInfo.State.DONE);
        one.rollbacks.done("rb-2", ALICE);
        one.leases.release(aside);
        assertThat(one.catalog.lease(CART)).isEmpty();

        Controller two = new Controller("two");
        assertThat(two.catalog.rollback("rb-2").orElseThrow().state()).isEqualTo(RollbackInfo.State.DONE);
        assertThat(two.catalog.rollbacks(SHOP)).isEqualTo(one.catalog.rollbacks(SHOP));
        Entry merged = two.ledger.entry(before + 1);
        assertThat(two.ledger.people().actor(merged.actor())).contains(ALICE);
        assertThat(two.ledger.people().text(merged.reason())).contains("INC-1 rb-2");
        close();
        assertThat(LedgerVerifier.verify(home("one")).problem()).isNull();
        assertThat(LedgerVerifier.verify(home("two")).problem()).isNull();
    }

    @Test
    public void nothingStartsByItselfMeanwhile() throws Exception {
        database = postgres.database();
        Controller one = new Controller("one");
        one.request("rb-0", SHOP, Actor.system("onFailure"));
        postgres.stop();
        one.awaitDetached(true); // noticed although nobody appends

        assertThatThrownBy(() -> one.leases.take(CART, "dp-1", Lease.Purpose.DEPLOYMENT, null))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("a deployment of")
                .hasMessageContaining("cut off");
        for (Actor machine : List.of(Actor.SYSTEM, Actor.system("onFailure"), Actor.webhook("alerts"))) {
            assertThatThrownBy(() -> one.request("rb-1", SHOP, machine))
                    .isInstanceOf(ConditionFailedException.class)
                    .hasMessageContaining("a rollback that a person starts can");
        }
        assertThat(one.ledger.spooled()).isZero();
        one.rollbacks.proposed("rb-1", SHOP, "2", "1", null, "button", null, ALICE, "INC-1 rb-1");
        one.request("rb-1", SHOP, ALICE);

        postgres.start();
        one.awaitDetached(false);
        one.leases.take(CART, "dp-1", Lease.Purpose.DEPLOYMENT, null);
    }

    @Test
    public void aControllerStartsWithoutItsDatabaseAndMergesWhatAnEarlierRunKeptAside() throws Exception {
        database = postgres.database();
        Controller one = new Controller("one");
        one.request("rb-1", SHOP, ALICE);
        postgres.stop();
        one.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        close();

        Controller again = new Controller("one");
        assertThat(again.ledger.detached()).isPresent();
        assertThat(again.ledger.spooled()).isEqualTo(1);
        assertThat(again.catalog.lease(SHOP).orElseThrow().holder()).isEqualTo("rb-1");
        again.rollbacks.started("rb-1", null, ALICE);
        assertThatThrownBy(() -> new Controller("new")).hasMessageContaining("PostgreSQL at ");
        postgres.start();
        again.awaitDetached(false);
        assertThat(again.ledger.size()).isEqualTo(3);
        assertThat(again.catalog.rollback("rb-1").orElseThrow().state()).isEqualTo(RollbackInfo.State.STARTED);
    }

    @Test
    public void twoThatWereApartAgreeOnOneOrder() throws Exception {
        database = postgres.database();
        Controller one = new Controller("one");
        Controller two = new Controller("two");
        postgres.stop();
        one.request("rb-1", SHOP, ALICE);
        two.request("rb-2", SHOP, Actor.user("bob"));
        Lease ofOne = one.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        Lease ofTwo = two.leases.take(SHOP, "rb-2", Lease.Purpose.ROLLBACK, null);
        assertThat(ofOne.number()).isNotEqualTo(ofTwo.number());
        postgres.start();
        Awaitility.await().atMost(LONG).until(() -> one.ledger.size() == 4 && two.ledger.size() == 4);
        one.awaitDetached(false);
        two.awaitDetached(false);

        assertThat(one.ledger.entries(0, 4)).isEqualTo(two.ledger.entries(0, 4));
        assertThat(one.catalog.lease(SHOP)).isEqualTo(two.catalog.lease(SHOP)).isPresent();
        assertThat(List.of(one.leases.isCurrent(ofOne), one.leases.isCurrent(ofTwo)))
                .as("exactly one of the two is current, for both")
                .containsExactlyInAnyOrder(true, false);
        assertThat(two.leases.isCurrent(ofOne)).isEqualTo(one.leases.isCurrent(ofOne));
    }
}
