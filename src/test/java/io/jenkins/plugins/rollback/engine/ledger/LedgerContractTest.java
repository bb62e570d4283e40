package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.After;
import org.junit.Test;

/** What every ledger promises, whatever it is kept in. */
public abstract class LedgerContractTest extends LedgerTestBase {

    /** Never the system's clock, so that a test can turn it back. */
    static final class TestClock extends Clock {
        volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    final TestClock clock = new TestClock();
    private final ExecutorService pool = Executors.newFixedThreadPool(16);

    /** Opens the one ledger of this test, or opens it again. */
    abstract Ledger openLedger() throws Exception;

    /** The directory with tiles and checkpoint. */
    Path tiles() {
        return dir();
    }

    @After
    public void stopThreads() {
        pool.shutdownNow();
    }

    @Test
    public void keepsEntriesInOrderAcrossRestartsAndTiles() throws Exception {
        long size = 0;
        for (int step : new int[] {0, 1, 254, 1, 3}) {
            try (Ledger ledger = openLedger()) {
                assertThat(ledger.size()).isEqualTo(size);
                List<Long> seen = new ArrayList<>();
                ledger.attach(entry -> seen.add(entry.index()));
                append(ledger, step);
                size += step;
                assertThat(seen).hasSize((int) size).isSorted().doesNotHaveDuplicates();
                for (long index = 0; index < size; index++) {
                    assertThat(ledger.entry(index).version()).isEqualTo("1." + index);
                }
                assertThat(ledger.checkpoint().size()).isEqualTo(size);
            }
            LedgerReport report = LedgerVerifier.verify(tiles());
            assertThat(report.problem()).isNull();
            assertThat(report.entries()).isEqualTo(size);
        }
    }

    @Test
    public void signsTheTreeOfExactlyItsEntries() throws Exception {
        try (Ledger ledger = openLedger()) {
            append(ledger, 260);
            TileHasher tree = new TileHasher();
            for (long index = 0; index < 260; index++) {
                tree.add(Merkle.leaf(ledger.raw(index)), (tile, hashes) -> {});
            }
            assertThat(ledger.checkpoint().rootHash()).isEqualTo(Replica.root(tree));
            assertThat(ledger.checkpoint().origin()).isEqualTo(ledger.origin()).isEqualTo(ORIGIN);
            VerifierKey key = LedgerStart.verifierKey(new Disk(), tiles());
            assertThat(SignedCheckpoint.verify(ledger.checkpoint().note(), key)).isEqualTo(ledger.checkpoint());
        }
    }

    @Test
    public void threadsThatAppendTogetherGetOneOrderWithoutGaps() throws Exception {
        int threads = 16;
        int each = 20;
        List<Long> projected = new ArrayList<>();
        try (Ledger ledger = openLedger()) {
            ledger.attach(entry -> projected.add(entry.index()));
            List<Future<List<Long>>> results = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                results.add(pool.submit(() -> {
                    List<Long> mine = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        mine.add(ledger.append(event(i)).index());
                    }
                    return mine;
                }));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> result : results) {
                assertThat(result.get()).isSorted();
                all.addAll(result.get());
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(threads * each);
            assertThat(projected).isSorted().hasSize(threads * each);
        }
        assertThat(LedgerVerifier.verify(tiles()).entries()).isEqualTo(threads * each);
    }

    @Test
    public void exactlyOneOfManyWithTheSameConditionWins() throws Exception {
        try (Ledger ledger = openLedger()) {
            List<Entry> taken = new ArrayList<>();
            ledger.attach(taken::add);
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                results.add(pool.submit(() -> {
                    try {
                        ledger.append(event(0).reason("me first"), () -> {
                            if (!taken.isEmpty()) {
                                throw new ConditionFailedException("taken");
                            }
                        });
                        return true;
                    } catch (ConditionFailedException e) {
                        return false;
                    }
                }));
            }
            int won = 0;
            for (Future<Boolean> result : results) {
                won += result.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
            assertThat(ledger.size()).isEqualTo(1);
        }
    }

    @Test
    public void conditionMayCompleteTheEventButNotAppend() throws Exception {
        try (Ledger ledger = openLedger()) {
            Event event = event(0);
            Entry entry = ledger.append(event, () -> event.with("lease", 7));
            assertThat(entry.data().get("lease").asInt()).isEqualTo(7);
            assertThat(ledger.entry(0).data().get("lease").asInt()).isEqualTo(7);
            assertThatThrownBy(() -> ledger.append(event(1), () -> {
                        try {
                            ledger.append(event(2));
                        } catch (java.io.IOException e) {
                            throw new ConditionFailedException(e.toString());
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(ledger.size()).isEqualTo(1);
        }
    }

    @Test
    public void clockThatJumpsBackIsRecordedAndOrderStays() throws Exception {
        try (Ledger ledger = openLedger()) {
            append(ledger, 1);
            clock.now = clock.now.minusSeconds(90);
            append(ledger, 1);
            assertThat(Envelope.behind(ledger.raw(1))).isEqualTo(90_000);
        }
        try (Ledger ledger = openLedger()) {
            clock.now = clock.now.plusSeconds(30);
            append(ledger, 1);
            clock.now = clock.now.plusSeconds(61);
            append(ledger, 1);
            assertThat(Envelope.behind(ledger.raw(2))).isEqualTo(60_000);
            assertThat(Envelope.behind(ledger.raw(3))).isZero();
        }
        assertThat(LedgerVerifier.verify(tiles()).clockJumps()).isEqualTo(2);
    }

    @Test
    public void badEventsAreRefusedAndLeaveNothing() throws Exception {
        try (Ledger ledger = openLedger()) {
            append(ledger, 1);
            assertThatThrownBy(() -> ledger.append(event(1).with("big", "x".repeat(70_000))))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageStartingWith("data: ");
            assertThatThrownBy(() -> ledger.append(event(1).service("a b")))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageStartingWith("service ");
            Event grown = event(1);
            assertThatThrownBy(() -> ledger.append(grown, () -> grown.with("big", "x".repeat(70_000))))
                    .isInstanceOf(InvalidEventException.class);
            assertThat(ledger.size()).isEqualTo(1);
            append(ledger, 1);
        }
        assertThat(LedgerVerifier.verify(tiles()).problem()).isNull();
    }

    @Test
    public void peopleAreCommittedToAndCanBeTurnedBack() throws Exception {
        String alice;
        try (Ledger ledger = openLedger()) {
            Entry first = ledger.append(event(0).actor(Actor.user("alice")).reason("why"));
            Entry second = ledger.append(event(1).actor(Actor.user("alice")).reason("why"));
            alice = first.actor();
            assertThat(second.actor()).isEqualTo(alice);
            assertThat(second.reason()).isNotEqualTo(first.reason());
            assertThat(new String(ledger.raw(0), java.nio.charset.StandardCharsets.UTF_8))
                    .doesNotContain("alice", "why");
        }
        try (Ledger ledger = openLedger()) {
            assertThat(ledger.people().actor(alice)).contains(Actor.user("alice"));
            assertThat(ledger.people().text(ledger.entry(1).reason())).contains("why");
            assertThat(ledger.append(event(2).actor(Actor.user("alice"))).actor())
                    .isEqualTo(alice);
            assertThat(ledger.people().actor("0".repeat(64))).isEmpty();
        }
    }

    @Test
    public void aPersonIsErasedWithTheMarkedTexts() throws Exception {
        try (Ledger ledger = openLedger()) {
            Entry first = ledger.append(event(0).actor(Actor.user("alice")).reason("Alice broke it"));
            Entry second = ledger.append(event(1).actor(Actor.user("bob")).reason("malice is no name"));
            PersonalRecords records = new PersonalRecords(ledger);
            List<String> marked = records.textsNaming(List.of("alice"));
            assertThat(marked).containsExactly(first.reason());
            assertThat(ledger.people().commitment(Actor.user("alice"))).contains(first.actor());

            assertThat(ledger.people().erase(Actor.user("alice"), marked)).isEqualTo(2);

            assertThat(ledger.people().commitment(Actor.user("alice"))).isEmpty();
            assertThat(ledger.people().actor(first.actor())).isEmpty();
            assertThat(ledger.people().shown(first.actor())).startsWith("erased person ");
            assertThat(ledger.people().shownText(first.reason())).startsWith("erased text ");
            assertThat(ledger.people().texts(text -> true)).containsExactly(second.reason());
            assertThat(ledger.append(event(2).actor(Actor.user("alice"))).actor())
                    .isNotEqualTo(first.actor());
            assertThat(ledger.tree().checkpoint().size()).isEqualTo(3);
        }
        assertThat(LedgerVerifier.verify(tiles()).problem()).isNull();
    }

    @Test
    public void interruptedThreadStillRecordsAndStaysInterrupted() throws Exception {
        try (Ledger ledger = openLedger()) {
            append(ledger, 20);
            Thread.currentThread().interrupt();
            Entry entry = ledger.append(event(20).reason("aborted"));
            Checkpoint checkpoint = ledger.checkpoint();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(entry.index()).isEqualTo(20);
            assertThat(checkpoint.size()).isEqualTo(21);
        }
    }

    @Test
    public void readsAreBoundedAndAClosedLedgerDoesNotWrite() throws Exception {
        Ledger ledger = openLedger();
        append(ledger, 2);
        assertThatThrownBy(() -> ledger.entry(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ledger.entries(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(ledger.entries(0, 2)).extracting(Entry::index).containsExactly(0L, 1L);
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.append(event(2)))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("closed");
        assertThat(ledger.detached()).isEmpty();
    }
}
