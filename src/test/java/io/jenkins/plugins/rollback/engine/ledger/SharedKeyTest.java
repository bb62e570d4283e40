package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresServer;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresStore;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** Each controller changes the key of its own copy; the entry that says so is in the copies of all. */
public class SharedKeyTest extends LedgerTestBase {

    private static final Actor ALICE = Actor.user("alice");
    private static final Duration LONG = Duration.ofSeconds(60);

    @ClassRule
    public static final PostgresServer POSTGRES = new PostgresServer();

    private final List<SharedLedger> opened = new ArrayList<>();
    private Database database;
    private LossyStore store; // of the ledger that was opened last

    @Before
    public void newSchema() throws Exception {
        database = POSTGRES.database();
    }

    @After
    public void close() throws IOException {
        for (SharedLedger ledger : opened) {
            ledger.close();
        }
        opened.clear();
    }

    private Path copy(String controller) {
        return dir().resolve(controller);
    }

    private SharedLedger.Setup setup(String controller) {
        return SharedLedgers.setup(copy(controller), controller, Duration.ofMillis(200));
    }

    private SharedLedger open(String controller) throws IOException {
        return open(controller, new Disk());
    }

    private SharedLedger open(String controller, Disk disk) throws IOException {
        store = new LossyStore(new PostgresStore(database));
        SharedLedger ledger = SharedLedger.open(setup(controller), store, Clock.systemUTC(), disk);
        opened.add(ledger);
        return ledger;
    }

    private void assertGood(String controller, int keys, String... earlier) throws IOException {
        LedgerReport report = LedgerVerifier.verify(copy(controller));
        assertThat(report.problem()).as(controller).isNull();
        Path list = copy(controller).resolve("vkeys");
        assertThat(Files.exists(list) ? Files.readAllLines(list).size() : 1).isEqualTo(keys);
        assertThat(secrets(controller)).as("private keys of " + controller).isEqualTo(1);
        for (String note : earlier) {
            assertThat(LedgerVerifier.verify(copy(controller), note).problem()).isNull();
        }
    }

    private long secrets(String controller) throws IOException {
        return setup(controller).keys().load().orElseThrow().lines().count();
    }

    @Test
    public void eachCopyHasAChainOfItsOwn() throws Exception {
        SharedLedger one = open("one");
        SharedLedger two = open("two");
        append(one, 3);
        String before = one.checkpoint().note();
        Entry first = one.rotateKey(ALICE, "yearly");
        assertThat(one.tree().key().toString()).isEqualTo(first.text("vkey"));
        assertThat(one.tree().keys()).isEqualTo("0 " + first.text("previous") + "\n3 " + first.text("vkey") + "\n");
        append(two, 1);
        Entry ofTwo = two.rotateKey(ALICE, "yearly");
        append(one, 1);
        Entry second = one.rotateKey(ALICE, "again");
        append(two, 1);
        assertThat(second.text("previous")).isEqualTo(first.text("vkey"));
        assertThat(ofTwo.text("previous")).isNotEqualTo(first.text("vkey"));
        Awaitility.await().atMost(LONG).until(() -> one.size() == two.size());
        assertThat(one.checkpoint().rootHash()).isEqualTo(two.checkpoint().rootHash());
        assertThat(one.tree().compare(before).isBroken()).isFalse();
        assertThat(two.tree().keys().lines()).hasSize(2);
        close();
        for (int run = 0; run < 2; run++) {
            assertGood("one", 3, before);
            assertGood("two", 2);
            assertThat(LedgerVerifier.verify(copy("two"), before).problem())
                    .as("the key of one never signed the copy of two")
                    .contains("foreign");
            append(open("one"), 1);
            open("two");
            close();
        }
        for (String controller : List.of("one", "two")) {
            assertThat(PythonVerifier.run(copy(controller).toString())).startsWith("OK: ");
        }
        Files.delete(copy("one").resolve("vkeys"));
        assertThat(LedgerVerifier.verify(copy("one")).problem()).isEqualTo("vkeys is missing");
    }

    @Test
    public void aCopyThatIsGivenBackItsOldKeyIsFoundOut() throws Exception {
        SharedLedger one = open("one");
        append(one, 3);
        String vkey = Files.readString(copy("one").resolve("vkey"));
        String checkpoint = one.checkpoint().note();
        String old = setup("one").keys().load().orElseThrow();
        one.rotateKey(ALICE, null);
        append(one, 1);
        Tree tree = one.tree();
        close();
        // who has stolen the old key signs what is there
        SigningKey stolen = SigningKey.parse(old, VerifierKey.parse(vkey.strip()));
        String note = SignedCheckpoint.sign(
                        tree.checkpoint().origin(),
                        tree.checkpoint().size(),
                        tree.root(tree.checkpoint().size()),
                        stolen)
                .note();
        assertThat(note).isNotEqualTo(checkpoint);
        Files.writeString(copy("one").resolve("vkey"), vkey);
        Files.writeString(copy("one").resolve("checkpoint"), note);
        Files.delete(copy("one").resolve("vkeys"));
        Files.delete(copy("one").resolve("key"));
        assertThat(LedgerVerifier.verify(copy("one")).problem())
                .isEqualTo("vkey is not the key that entry 3 hands over to");
    }

    /** Lets the disk fail at each write of a change in turn, as a crash there would; the next start goes on. */
    @Test
    public void aChangeThatIsCutShortAnywhereLeavesACopyThatOpens() throws Exception {
        int steps = 0;
        for (boolean finished = false; !finished; steps++) {
            assertThat(steps).isLessThan(60);
            CountdownDisk disk = new CountdownDisk();
            store = new LossyStore(new PostgresStore(database));
            SharedLedger.Setup setup = setup("one");
            SharedLedger ledger = SharedLedger.open(
                    new SharedLedger.Setup(
                            setup.dir(),
                            setup.origin(),
                            setup.controller(),
                            new FileLedgerKeys(disk, copy("one").resolve("key")),
                            setup.spoolKeys(),
                            setup.patience()),
                    store,
                    Clock.systemUTC(),
                    disk);
            append(ledger, 2);
            ledger.checkpoint();
            long before = ledger.size();
            disk.writesLeft = steps;
            try {
                ledger.rotateKey(ALICE, "yearly");
                finished = true;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("crash");
            }
            try {
                ledger.close(); // writes nothing any more, either: that is the crash
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("crash");
            }
            SharedLedger again = open("one");
            assertThat(again.size()).as("step %s", steps).isBetween(before, before + 1);
            append(again, 1);
            boolean handedOver = again.size() == before + 2;
            String key = again.tree().key().toString();
            if (handedOver) {
                assertThat(key).isEqualTo(again.entry(before).text("vkey"));
            }
            close();
            assertThat(LedgerVerifier.verify(copy("one")).problem())
                    .as("after a crash at step %s", steps)
                    .isNull();
            assertThat(secrets("one")).as("step %s", steps).isEqualTo(1);
        }
        assertThat(steps).isGreaterThan(8);
        open("two");
        close();
        assertGood("two", 1);
    }

    @Test
    public void anAnswerThatGotLostDecidesNothing() throws Exception {
        for (LossyStore.Commits commits : List.of(LossyStore.Commits.DONE_UNHEARD, LossyStore.Commits.NOT_DONE)) {
            SharedLedger one = open("one");
            append(one, 1);
            long before = one.size();
            String key = one.tree().key().toString();
            store.commits = commits;
            assertThatThrownBy(() -> one.rotateKey(ALICE, null)).isInstanceOf(StoreUnreachableException.class);
            assertThat(secrets("one")).isEqualTo(2);
            append(one, 1); // kept aside, with neither key
            assertThatThrownBy(() -> one.rotateKey(ALICE, null))
                    .isInstanceOf(StoreUnreachableException.class)
                    .hasMessageContaining("cut off")
                    .hasMessageContaining("the store is silent");
            assertThat(one.spooled()).isEqualTo(1);
            store.commits = LossyStore.Commits.HEARD;
            store.silent = false;
            Awaitility.await().atMost(LONG).until(() -> one.detached().isEmpty());
            boolean done = commits == LossyStore.Commits.DONE_UNHEARD;
            assertThat(one.size()).isEqualTo(before + (done ? 2 : 1));
            one.checkpoint();
            assertThat(one.tree().key().toString().equals(key)).isEqualTo(!done);
            if (done) {
                assertThat(one.entry(before).kind()).isEqualTo(EventKind.KEY_ROTATED);
            }
            assertThat(secrets("one")).isEqualTo(1);
            one.rotateKey(ALICE, "as if nothing had been");
            close();
            assertThat(LedgerVerifier.verify(copy("one")).problem()).isNull();
        }
    }

    /** The process ends before it hears that the entry is there; it starts while the store is away. */
    @Test
    public void theKeyWaitsForTheStoreToSayWhetherTheEntryIsThere() throws Exception {
        SharedLedger one = open("one");
        append(one, 1);
        store.commits = LossyStore.Commits.DONE_UNHEARD;
        assertThatThrownBy(() -> one.rotateKey(ALICE, null)).isInstanceOf(StoreUnreachableException.class);
        close();
        store = new LossyStore(new PostgresStore(database));
        store.silent = true;
        SharedLedger again = SharedLedger.open(setup("one"), store, Clock.systemUTC());
        opened.add(again);
        assertThat(again.size()).isEqualTo(1);
        assertThat(secrets("one")).isEqualTo(2);
        store.silent = false;
        Awaitility.await().atMost(LONG).until(() -> again.size() == 2);
        again.checkpoint();
        close();
        assertGood("one", 2);
    }

    @Test
    public void aLostKeyIsReplacedByAPersonsWordAlone() throws Exception {
        SharedLedger two = open("two");
        SharedLedger one = open("one");
        append(one, 300);
        String old = one.checkpoint().note();
        one.close();
        Files.delete(copy("one").resolve("key"));
        assertThatThrownBy(() -> open("one"))
                .isInstanceOfSatisfying(LedgerKeyException.class, e -> assertThat(e.state())
                        .isEqualTo(LedgerKeyException.State.MISSING));
        LossyStore gone = new LossyStore(new PostgresStore(database));
        gone.silent = true;
        assertThatThrownBy(() -> SharedLedger.openWithoutKey(setup("one"), gone, Clock.systemUTC(), ALICE, "died"))
                .isInstanceOf(StoreUnreachableException.class)
                .hasMessageContaining("the store is silent");
        SharedLedger again = SharedLedger.openWithoutKey(
                setup("one"), new PostgresStore(database), Clock.systemUTC(), ALICE, "the disk died");
        opened.add(again);
        assertThat(again.origin()).isEqualTo(ORIGIN);
        Entry entry = again.entry(300);
        assertThat(entry.kind()).isEqualTo(EventKind.EPOCH_STARTED);
        assertThat(entry.text("signature")).isNull();
        assertThat(entry.data().get("size").asLong()).isEqualTo(300);
        append(two, 1);
        close();
        assertGood("one", 2, old);
        assertThat(LedgerVerifier.verify(copy("one")).notes()).anyMatch(note -> note.contains("without the signature"));
        assertGood("two", 1);
        assertThat(LedgerVerifier.verify(copy("two")).notes()).noneMatch(note -> note.contains("signature"));
        open("one");
    }

    @Test
    public void whatWaitsIsMergedAlthoughBothKeysAreLost() throws Exception {
        SharedLedger one = open("one");
        append(one, 2);
        store.silent = true;
        Awaitility.await().atMost(LONG).until(() -> one.detached().isPresent());
        Entry kept = one.append(event(7).reason("kept aside"));
        close();
        Files.delete(copy("one").resolve("key"));
        Files.delete(copy("one").resolve("spool-key"));
        assertThatThrownBy(() -> open("one")).isInstanceOf(LedgerKeyException.class);
        SharedLedger again = SharedLedger.openWithoutKey(
                setup("one"), new PostgresStore(database), Clock.systemUTC(), ALICE, "the disk died");
        opened.add(again);
        assertThat(again.size()).isEqualTo(4);
        assertThat(again.entry(2).number()).isEqualTo(kept.number());
        assertThat(again.people().text(again.entry(2).reason())).contains("kept aside");
        assertThat(again.entry(3).kind()).isEqualTo(EventKind.EPOCH_STARTED);
        close();
        assertGood("one", 2);
    }
}
