package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresServer;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresStore;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** Two controllers on one database, in one process. */
public class SharedLedgerTest extends LedgerTestBase {

    @ClassRule
    public static final PostgresServer POSTGRES = new PostgresServer();

    private final List<SharedLedger> opened = new ArrayList<>();
    private Database database;

    @Before
    public void newSchema() throws SQLException {
        database = POSTGRES.database();
    }

    @After
    public void close() throws IOException {
        for (SharedLedger ledger : opened) {
            ledger.close();
        }
    }

    private SharedLedger open(String controller) throws IOException {
        SharedLedger ledger = SharedLedger.open(
                SharedLedgers.setup(dir().resolve(controller), controller),
                new PostgresStore(database),
                Clock.systemUTC());
        opened.add(ledger);
        return ledger;
    }

    @Test
    public void bothHaveTheSameEntriesAndTheSameTreeUnderTheirOwnSignature() throws Exception {
        SharedLedger one = open("one");
        SharedLedger two = open("two");
        append(one, 3);
        two.append(event(3));
        assertThat(two.size()).as("an append takes over what others appended").isEqualTo(4);
        Awaitility.await().untilAsserted(() -> assertThat(one.size()).isEqualTo(4));

        assertThat(one.entries(0, 4)).isEqualTo(two.entries(0, 4));
        assertThat(one.entry(3).text("controller")).isEqualTo("two");
        Checkpoint ofOne = one.checkpoint();
        Checkpoint ofTwo = two.checkpoint();
        assertThat(ofOne.rootHash()).isEqualTo(ofTwo.rootHash());
        assertThat(ofOne.note()).isNotEqualTo(ofTwo.note());
        assertThat(LedgerVerifier.verify(dir().resolve("one")).problem()).isNull();
        assertThat(LedgerVerifier.verify(dir().resolve("two")).problem()).isNull();
        assertThat(LedgerProof.of(dir().resolve("two"), 2).checkpoint()).isEqualTo(ofTwo);
    }

    @Test
    public void aConditionSeesEveryEntryOfEveryController() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (String controller : List.of("one", "two")) {
                SharedLedger ledger = open(controller);
                List<String> taken = Collections.synchronizedList(new ArrayList<>());
                ledger.attach(entry -> taken.add(entry.version()));
                for (int thread = 0; thread < 4; thread++) {
                    results.add(pool.submit(() -> {
                        boolean won = false;
                        for (int round = 0; round < 20; round++) {
                            String prize = "1." + round;
                            try {
                                ledger.append(event(round), () -> {
                                    if (taken.contains(prize)) {
                                        throw new ConditionFailedException(prize + " is taken");
                                    }
                                });
                                won = true;
                            } catch (ConditionFailedException e) {
                                assertThat(e).hasMessageContaining("taken");
                            }
                        }
                        return won;
                    }));
                }
            }
            for (Future<Boolean> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
        SharedLedger one = opened.get(0);
        Awaitility.await().untilAsserted(() -> assertThat(one.size()).isEqualTo(20));
        assertThat(one.entries(0, 20)).extracting(Entry::version).doesNotHaveDuplicates();
    }

    @Test
    public void aPersonHasOneNameOnAllControllersAndIsErasedOnAll() throws Exception {
        SharedLedger one = open("one");
        SharedLedger two = open("two");
        Entry first = one.append(event(0).actor(Actor.user("alice")).reason("Alice broke it"));
        Entry second = two.append(event(1).actor(Actor.user("alice")).reason("malice is no name"));
        assertThat(second.actor()).isEqualTo(first.actor());
        assertThat(two.people().text(first.reason())).contains("Alice broke it");

        assertThat(one.people().erase(Actor.user("alice"), List.of(first.reason())))
                .isEqualTo(2);

        assertThat(one.people().shown(first.actor())).startsWith("erased person ");
        Awaitility.await().untilAsserted(() -> assertThat(two.people().text(first.reason()))
                .isEmpty());
        assertThat(two.people().actor(first.actor())).isEmpty();
        assertThat(two.people().text(second.reason())).contains("malice is no name");
        assertThat(two.append(event(2).actor(Actor.user("alice"))).actor()).isNotEqualTo(first.actor());
        assertThat(LedgerVerifier.verify(dir().resolve("one")).problem()).isNull();
    }

    @Test
    public void entriesCannotBeChangedByMistake() throws Exception {
        append(open("one"), 2);
        for (String mistake : List.of(
                "DELETE FROM rollback_entry", "UPDATE rollback_entry SET index = 7", "TRUNCATE rollback_entry")) {
            assertThatThrownBy(() -> PostgresServer.execute(database, mistake))
                    .as(mistake)
                    .hasMessageContaining("neither changed nor deleted");
        }
    }

    @Test
    public void whoChangesTheDatabaseIsFoundOut() throws Exception {
        append(open("one"), 5);
        close();
        tamper("UPDATE rollback_entry SET entry = convert_to(replace(convert_from(entry, 'UTF8'), 'dp-3', 'dp-9'),"
                + " 'UTF8') WHERE index = 3");
        assertThatThrownBy(() -> open("two"))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("entries were changed there");
        tamper("DELETE FROM rollback_entry WHERE index = 2");
        assertThatThrownBy(() -> open("three"))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("some were deleted");
    }

    @Test
    public void anOlderOrAnotherHistoryContradictsWhoHasSeenThisOne() throws Exception {
        append(open("one"), 5);
        close();
        PostgresServer.execute(database, "UPDATE rollback_head SET root = translate(root, 'abcABC', 'bcaBCA')");
        assertThatThrownBy(() -> open("one"))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("root hash");
        tamper("DELETE FROM rollback_entry WHERE index > 2");
        PostgresServer.execute(database, "UPDATE rollback_head SET size = 3");
        assertThatThrownBy(() -> open("one"))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("the database holds 3 entries, but this controller has seen 5");
        PostgresServer.execute(database, "UPDATE rollback_head SET origin = 'elsewhere/1'");
        assertThatThrownBy(() -> open("one"))
                .isInstanceOf(DamagedLedgerException.class)
                .hasMessageContaining("elsewhere/1");
    }

    private void tamper(String sql) throws SQLException {
        PostgresServer.execute(
                database,
                "ALTER TABLE rollback_entry DISABLE TRIGGER ALL; " + sql
                        + "; ALTER TABLE rollback_entry ENABLE TRIGGER ALL");
    }

    @Test
    public void aNewControllerTakesOverALongHistory() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        SharedLedger one = open("one");
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                results.add(pool.submit(() -> {
                    append(one, 600);
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            pool.shutdownNow();
        }
        SharedLedger two = open("two");
        assertThat(two.size()).isEqualTo(4_800);
        assertThat(two.checkpoint().rootHash()).isEqualTo(one.checkpoint().rootHash());
        assertThat(LedgerVerifier.verify(dir().resolve("two")).entries()).isEqualTo(4_800);
    }

    @Test
    public void oneCopyHasOneOwner() throws Exception {
        open("one");
        assertThatThrownBy(() -> open("one")).isInstanceOf(LedgerInUseException.class);
        append(opened.get(0), 1);
    }
}
