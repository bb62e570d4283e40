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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    private static final ControllerIdentity ME =
            new ControllerIdentity("0123abcd", "https://ci.example.org/", "/var/lib/jenkins");

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
        return guard(ledger, place, ME, witness);
    }

    private static LedgerGuard guard(FileLedger ledger, Path place, ControllerIdentity identity, Witness... witnesses)
            throws IOException {
        return LedgerGuard.start(
                ledger, new LedgerGuard.Setup(place, identity, List.of(witnesses), Duration.ZERO, Clock.systemUTC()));
    }

    private static Entry confirm(LedgerGuard guard, String reason) throws IOException {
        return guard.confirm(guard.onHold().orElseThrow(), ALICE, reason);
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

            Entry entry = confirm(guard, "restored after the disk died");

            assertThat(guard.onHold()).isEmpty();
            assertThat(entry.kind()).isEqualTo(EventKind.EPOCH_STARTED);
            assertThat(entry.data().get("lost").asLong()).isEqualTo(300);
            assertThat(restored.origin()).startsWith("ledger.test/release-rollback/2-");
            awaitWitness(restored);
            assertThatThrownBy(() -> guard.confirm(hold, ALICE, "again")).isInstanceOf(IllegalStateException.class);
        }
        try (FileLedger again = open(backup);
                LedgerGuard guard = guard(again, backup)) {
            assertThat(guard.compare("shop #7", seen)).isTrue();
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
            confirm(guard, "a test instance");
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
                LedgerGuard guard = guard(restored, backup, ME)) {
            assertThat(guard.onHold()).isEmpty();
            assertThat(guard.compare("shop #7", note)).isFalse();
            assertThat(guard.onHold().orElseThrow().why()).contains("shop #7").contains("6 entries");
        }
    }

    @Test
    public void changedIdentityIsOnHoldAndConfirmedOnce() throws Exception {
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir)) {
            assertThat(guard.onHold()).isEmpty();
        }
        String moved = "https://new.example.org/";
        ControllerIdentity other = new ControllerIdentity(ME.instance(), moved, ME.home());
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir, other)) {
            assertThat(guard.onHold().orElseThrow().why()).contains(ME.url()).contains(moved);
            confirm(guard, "moved");
        }
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir, other)) {
            assertThat(guard.onHold()).isEmpty();
        }
    }

    @Test
    public void everyPartOfTheIdentityCountsButAnAddressThatWasNotKnown() throws Exception {
        ControllerIdentity fresh = new ControllerIdentity("0123abcd", null, "/var/lib/jenkins");
        try (FileLedger ledger = open(dir)) {
            guard(ledger, dir, fresh).close();
            try (LedgerGuard guard = guard(ledger, dir, ME)) {
                assertThat(guard.onHold()).as("the address was entered").isEmpty();
            }
            try (LedgerGuard guard = guard(ledger, dir, fresh)) {
                assertThat(guard.onHold()).as("the address was removed").isEmpty();
            }
            try (LedgerGuard guard = guard(ledger, dir, new ControllerIdentity("9", "https://x/", "/srv"))) {
                assertThat(guard.onHold().orElseThrow().reasons())
                        .as("it is remembered nevertheless")
                        .hasSize(3)
                        .anyMatch(reason -> reason.contains("https://ci.example.org/"))
                        .anyMatch(reason -> reason.contains("/var/lib/jenkins"))
                        .anyMatch(reason -> reason.contains("0123abcd"));
            }
        }
    }

    @Test
    public void whatTheGuardRemembersIsNotLostInSilence() throws Exception {
        try (FileLedger ledger = open(dir)) {
            guard(ledger, dir).close();
            Files.writeString(dir.resolve("guard"), "half a li");
            try (LedgerGuard guard = guard(ledger, dir)) {
                assertThat(guard.onHold().orElseThrow().why()).contains("guard cannot be read");
                confirm(guard, "the disk was full");
            }
            try (LedgerGuard guard = guard(ledger, dir)) {
                assertThat(guard.onHold()).isEmpty();
            }
        }
    }

    @Test
    public void nobodyConfirmsWhatWasNotShown() throws Exception {
        try (FileLedger ledger = open(dir)) {
            guard(ledger, dir).close();
            ControllerIdentity other = new ControllerIdentity(ME.instance(), ME.url(), "/srv/jenkins");
            try (LedgerGuard guard = guard(ledger, dir, other)) {
                OnHold shown = guard.onHold().orElseThrow();
                guard.compare("shop #7", "log/1\n1\nroot\n\n\u2014 log/1 AAAA\n");
                assertThatThrownBy(() -> guard.confirm(shown, ALICE, "moved"))
                        .isInstanceOf(IllegalStateException.class);
                assertThat(guard.onHold().orElseThrow().reasons()).hasSize(2);
                assertThat(ledger.size()).isZero();
            }
        }
    }

    @Test
    public void aWitnessIsLeftAloneForThePaceAndGetsTheLastCheckpointAtTheEnd() throws Exception {
        AtomicInteger kept = new AtomicInteger();
        Witness counting = new CountingWitness(witness, kept);
        try (FileLedger ledger = open(dir)) {
            LedgerGuard.Setup setup =
                    new LedgerGuard.Setup(dir, ME, List.of(counting), Duration.ofHours(1), Clock.systemUTC());
            try (LedgerGuard guard = LedgerGuard.start(ledger, setup)) {
                await().until(() -> guard.witnesses().get(0).kept() == 0);
                for (int i = 0; i < 5; i++) {
                    append(ledger, "x", 100);
                    ledger.checkpoint();
                }
                assertThat(kept.get()).isEqualTo(1);
                assertThat(ledger.size()).isEqualTo(500);
            }
            assertThat(kept.get()).isEqualTo(2);
            assertThat(witness.last()).contains(ledger.checkpoint().note());
        }
    }

    @Test
    public void otherWitnessesCanBeTriedOutAndTakenInTheMiddle() throws Exception {
        FileWitness second = new FileWitness(folder.getRoot().toPath().resolve("second/checkpoint"));
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir)) {
            append(ledger, "a", 3);
            assertThat(guard.tryOut(second).size()).isEqualTo(3);
            assertThat(second.last()).contains(ledger.checkpoint().note());
            guard.publishTo(List.of(second));
            append(ledger, "b", 3);
            String note = ledger.checkpoint().note();
            await().until(() -> second.last().filter(note::equals).isPresent());
            assertThat(guard.witnesses()).extracting(WitnessState::name).containsExactly(second.name());

            second.keep("log/1\n1\nroot\n\n\u2014 log/1 AAAA\n");
            assertThatThrownBy(() -> guard.tryOut(second)).hasMessageContaining("holds something else");
            assertThat(guard.onHold()).as("a trial decides nothing").isEmpty();
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
        Witness shy = new CountingWitness(witness, new AtomicInteger()) {
            @Override
            public Optional<String> last() throws IOException {
                if (asked.incrementAndGet() <= 2) {
                    throw new IOException("not now");
                }
                return witness.last();
            }
        };
        try (FileLedger ledger = open(dir);
                LedgerGuard guard = guard(ledger, dir, ME, shy)) {
            append(ledger, "a", 3);
            await().until(() -> "not now".equals(guard.witnesses().get(0).problem()));
            assertThat(guard.witnesses().get(0).since()).isBeforeOrEqualTo(Instant.now());
            assertThat(guard.onHold()).isEmpty();
            awaitWitness(ledger);
            await().until(() -> guard.witnesses().get(0).problem() == null);
            assertThat(guard.witnesses().get(0).since()).isNull();
            assertThat(guard.witnesses().get(0).kept()).isEqualTo(3);
        }
    }

    /** Counts what it is given. */
    private static class CountingWitness implements Witness {

        private final Witness to;
        private final AtomicInteger kept;

        CountingWitness(Witness to, AtomicInteger kept) {
            this.to = to;
            this.kept = kept;
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Optional<String> last() throws IOException {
            return to.last();
        }

        @Override
        public void keep(String note) throws IOException {
            kept.incrementAndGet();
            to.keep(note);
        }
    }
}
