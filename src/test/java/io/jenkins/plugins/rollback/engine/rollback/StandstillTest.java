package io.jenkins.plugins.rollback.engine.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.witness.ControllerIdentity;
import io.jenkins.plugins.rollback.engine.ledger.witness.LedgerGuard;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A ledger on hold: only a person starts something, and what was begun before waits. */
public class StandstillTest {

    private static final Target SHOP = new Target("shop", "production");
    private static final Target CART = new Target("cart", "production");
    private static final Actor ALICE = Actor.user("alice");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private FileLedger ledger;
    private LedgerGuard guard;
    private Catalog catalog;
    private Standstill standstill;
    private Leases leases;
    private Rollbacks rollbacks;

    private void open(String home) throws IOException {
        Path dir = folder.getRoot().toPath().resolve("ledger");
        ledger = FileLedger.open(dir, "standstill.test/1", Clock.systemUTC(), LedgerKeys.inFile(dir.resolve("key")));
        ControllerIdentity identity = new ControllerIdentity("1", null, home);
        guard = LedgerGuard.start(
                ledger, new LedgerGuard.Setup(dir, identity, List.of(), Duration.ZERO, Clock.systemUTC()));
        catalog = new Catalog(ledger);
        ledger.attach(catalog);
        standstill = new Standstill(ledger, guard);
        leases = new Leases(ledger, catalog, standstill);
        rollbacks = new Rollbacks(ledger, catalog, standstill);
    }

    private void request(String id, Target target, Actor actor) throws IOException, ConditionFailedException {
        rollbacks.requested(id, target, "2", "1", null, "button", null, actor, null);
    }

    /** The original requested a rollback; then a copy of it begins. */
    @Before
    public void copied() throws Exception {
        open("/original");
        request("rb-before", SHOP, ALICE);
        assertThat(standstill.reason()).isEmpty();
        standstill.requireOfToday(catalog.timeline("rb-before"));
        close();
        open("/copy");
    }

    @After
    public void close() throws IOException {
        guard.close();
        ledger.close();
    }

    @Test
    public void nothingStartsByItselfAndAPersonsRollbackDoes() throws Exception {
        assertThat(standstill.reason().orElseThrow()).contains("on hold").contains("/original");
        assertThatThrownBy(() -> leases.take(CART, "dp-1", Lease.Purpose.DEPLOYMENT, null))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("cannot start by itself while the ledger is on hold");
        assertThatThrownBy(() -> request("rb-auto", CART, Actor.webhook("alerts")))
                .isInstanceOf(ConditionFailedException.class);
        assertThat(catalog.rollback("rb-auto")).isEmpty();

        request("rb-today", CART, ALICE);
        leases.take(CART, "rb-today", Lease.Purpose.ROLLBACK, null);
        rollbacks.started("rb-today", null, ALICE);
        standstill.requireOfToday(catalog.timeline("rb-today"));
    }

    @Test
    public void whatWasBegunBeforeWaitsUntilAPersonAsksAgainOrConfirms() throws Exception {
        assertThatThrownBy(() -> standstill.requireOfToday(catalog.timeline("rb-before")))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("what was begun before does not go on");

        guard.confirm(guard.onHold().orElseThrow(), ALICE, "the original is gone");

        assertThat(standstill.reason()).isEmpty();
        standstill.requireOfToday(catalog.timeline("rb-before"));
        leases.take(CART, "dp-1", Lease.Purpose.DEPLOYMENT, null);
    }
}
