package io.jenkins.plugins.rollback.engine.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Restores an older copy, starts a clone beside the original, and whatever else makes two ledgers out of one. */
public class LedgerGuardTest {

    private static final String ORIGIN = "ledger.test/release-rollback/1";
    private static final Actor ALICE = Actor.user("alice");
    private static final String ME = "controller 1 at https://ci.example.org/";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path dir;
    private FileWitness witness;

    @Before
    public void place() {
        dir = folder.getRoot().toPath().resolve("ledger");
        witness = new FileWitness(folder.getRoot().toPath().resolve("elsewhere/checkpoint"));
    }

    private static FileLedger open(Path place) throws IOException {
        return FileLedger.open(place, ORIGIN, Clock.systemUTC(), LedgerKeys.inFile(place.resolve("key")));
    }

    private LedgerGuard guard(FileLedger ledger, Path place) throws IOException {
        return LedgerGuard.start(ledger, place, ME, List.of(witness), Map.of());
    }

    private static void append(FileLedger ledger, String what, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ledger.append(Event.of(EventKind.ESCALATION).with("cause", what + i));
        }
    }

    private void awaitWitness(FileLedger ledger) throws IOException {
        String note = ledger.checkpoint().note();
        await().until(() -> witness.last().filter(note::equals).isPresent());
    }

    private Path copy(String name) throws IOException {
        Path copy = folder.getRoot().toPath().resolve(name);
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(dir.relativize(file).toString()));
            }
        }
        return copy;
    }

    @Test
    public void olderCopyIsOnHoldUntilAPersonConfirms() throws Exception {
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir)) {
            append(ledger, "early", 10);
            awaitWitness(ledger);
            assertThat(guard.onHold()).isEmpty();
        }
        Path backup = copy("backup");
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir)) {
            append(ledger, "late", 290);
            awaitWitness(ledger);
            assertThat(guard.onHold()).isEmpty();
        }
        String seen = witness.last().orElseThrow();

        try (FileLedger restored = open(backup);
                LedgerGuard guard = guard(restored, backup)) {
            OnHold hold = guard.onHold().orElseThrow();
            assertThat(hold.lost()).isEqualTo(300);
            assertThat(hold.why()).contains(witness.name(), "covers 300 entries, this ledger has 10");
            append(restored, "other", 1); // what people do is still recorded
            restored.checkpoint();
            await().until(() -> guard.witnesses().get(0).problem() != null);
            assertThat(witness.last()).contains(seen); // the evidence is not overwritten

            Entry entry = guard.confirm(ALICE, "restored after the disk died");

            assertThat(guard.onHold()).isEmpty();
            assertThat(entry.kind()).isEqualTo(EventKind.EPOCH_STARTED);
            assertThat(entry.data().get("lost").asLong()).isEqualTo(300);
            assertThat(restored.origin()).startsWith("ledger.test/release-rollback/2-");
            awaitWitness(restored);
            assertThatThrownBy(() -> guard.confirm(ALICE, "again")).isInstanceOf(IllegalStateException.class);
        }
        try (FileLedger again = open(backup);
                LedgerGuard guard = LedgerGuard.start(again, backup, ME, List.of(witness), Map.of("shop #7", seen))) {
            assertThat(guard.onHold()).isEmpty();
        }
        assertThat(LedgerVerifier.verify(backup).problem()).isNull();
    }

    @Test
    public void cloneBesideTheOriginalIsFoundByWhoeverPublishesSecond() throws Exception {
        try (FileLedger ledger = open(dir)) {
            append(ledger, "common", 5);
        }
        Path clone = copy("clone");
        try (FileLedger original = open(dir);
                FileLedger cloned = open(clone);
                LedgerGuard one = guard(original, dir);
                LedgerGuard other = guard(cloned, clone)) {
            assertThat(one.onHold()).isEmpty();
            assertThat(other.onHold()).isEmpty();
            append(original, "here", 1);
            awaitWitness(original);
            append(cloned, "there", 1);
            cloned.checkpoint();
            await().until(() -> other.onHold().isPresent());
            assertThat(other.onHold().orElseThrow().why()).contains("not the ones that are here");
            assertThat(one.onHold()).isEmpty();
        }
        // a clone that is started later is on hold from the first moment
        try (FileLedger cloned = open(clone);
                LedgerGuard guard = guard(cloned, clone)) {
            assertThat(guard.onHold()).isPresent();
            guard.confirm(ALICE, "a test instance");
            awaitWitness(cloned);
        }
        // and now the original learns that somebody goes on from its past
        try (FileLedger original = open(dir);
                LedgerGuard guard = guard(original, dir)) {
            assertThat(guard.onHold().orElseThrow().why()).contains("speaks for 'ledger.test/release-rollback/2-");
        }
    }

    @Test
    public void buildThatRemembersMoreIsFound() throws Exception {
        String note;
        try (FileLedger ledger = open(dir)) {
            append(ledger, "a", 3);
        }
        Path backup = copy("backup");
        try (FileLedger ledger = open(dir)) {
            append(ledger, "b", 3);
            note = ledger.checkpoint().note();
        }
        try (FileLedger restored = open(backup);
                LedgerGuard guard = LedgerGuard.start(restored, backup, ME, List.of(), Map.of("shop #7", note))) {
            assertThat(guard.onHold().orElseThrow().why()).contains("shop #7").contains("6 entries");
        }
    }

    @Test
    public void changedIdentityIsOnHoldAndConfirmedOnce() throws Exception {
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir)) {
            assertThat(guard.onHold()).isEmpty();
        }
        String other = "controller 1 at https://new.example.org/";
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = LedgerGuard.start(ledger, dir, other, List.of(), Map.of())) {
            assertThat(guard.onHold().orElseThrow().why()).contains(ME).contains(other);
            guard.confirm(ALICE, "moved");
        }
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = LedgerGuard.start(ledger, dir, other, List.of(), Map.of())) {
            assertThat(guard.onHold()).isEmpty();
        }
    }

    @Test
    public void rotatedKeyIsNoReasonToHold() throws Exception {
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir)) {
            append(ledger, "a", 3);
            awaitWitness(ledger);
            ledger.rotateKey(ALICE, null);
            awaitWitness(ledger);
            append(ledger, "b", 3);
            awaitWitness(ledger);
            assertThat(guard.onHold()).isEmpty();
        }
    }

    @Test
    public void witnessThatCannotBeReachedIsTriedAgainAndHoldsNothingUp() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Witness shy = new Witness() {
            @Override
            public String name() {
                return "shy";
            }

            @Override
            public Optional<String> last() throws IOException {
                if (asked.incrementAndGet() <= 2) {
                    throw new IOException("not now");
                }
                return witness.last();
            }

            @Override
            public void keep(String note) throws IOException {
                witness.keep(note);
            }
        };
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = LedgerGuard.start(ledger, dir, ME, List.of(shy), Map.of())) {
            append(ledger, "a", 3);
            await().until(() -> "not now".equals(guard.witnesses().get(0).problem()));
            assertThat(guard.onHold()).isEmpty();
            awaitWitness(ledger);
            await().until(() -> guard.witnesses().get(0).problem() == null);
            assertThat(guard.witnesses().get(0).kept()).isEqualTo(3);
        }
    }
}
