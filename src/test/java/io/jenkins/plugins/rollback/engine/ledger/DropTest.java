package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.Test;

/** Dropping entries from a ledger in files: what is left, what verifies, what is found out. */
public class DropTest extends LedgerTestBase {

    private static BitSet set(int... entries) {
        BitSet set = new BitSet();
        Arrays.stream(entries).forEach(set::set);
        return set;
    }

    static Event swept(BitSet entries) {
        return Event.of(EventKind.RETENTION_SWEPT)
                .with("entries", SweptEntries.write(entries))
                .with("count", entries.cardinality())
                .with("classes", JsonNodeFactory.instance.objectNode().put("deployments", entries.cardinality()))
                .with("keep", JsonNodeFactory.instance.objectNode().put("deployments", "P90D"));
    }

    private FileLedger filled(int count) throws IOException {
        FileLedger ledger = open();
        for (int i = 0; i < count; i++) {
            ledger.append(event(i).with("mark", "mark-" + i + "-").reason("because of reason-" + i + "-"));
        }
        return ledger;
    }

    @Test
    public void whatIsDroppedIsGoneAndEverythingElseIsProven() throws Exception {
        List<byte[]> before = new ArrayList<>();
        String checkpoint;
        try (FileLedger ledger = filled(600)) {
            checkpoint = ledger.checkpoint().note();
            for (int i = 0; i < 600; i++) {
                before.add(ledger.raw(i));
            }
            Entry entry = ledger.drop(swept(set(3, 4, 5, 300)), Condition.ALWAYS);
            assertThat(entry.index()).isEqualTo(600);
            assertThat(entry.data().path("entries").toString()).isEqualTo("[[3,5],[300,300]]");
            assertGone(ledger, 3, 4, 5, 300);
            for (String gone : new String[] {"mark-4-", "mark-300-", "reason-4-", "reason-300-"}) {
                assertThat(filesWith(gone)).as(gone).isEmpty();
            }
            assertThat(filesWith("mark-6-")).isNotEmpty();
            ledger.append(event(700));
        }
        for (int run = 0; run < 2; run++) {
            try (FileLedger ledger = open()) {
                assertGone(ledger, 3, 4, 5, 300);
                assertThat(ledger.entries(0, 10)).extracting(Entry::index).containsExactly(0L, 1L, 2L, 6L, 7L, 8L, 9L);
                Tree tree = ledger.tree();
                for (int i = 0; i < 600; i += 7) {
                    if (!ledger.isDropped(i)) {
                        assertThat(ledger.raw(i)).isEqualTo(before.get(i));
                        LedgerProof.verify(tree.proof(i).text(), ledger.raw(i), tree.key());
                    }
                }
                assertThat(tree.compare(checkpoint).isBroken()).isFalse();
                // who kept the bytes elsewhere can still prove them
                LedgerProof.verify(tree.proof(4).text(), before.get(4), tree.key());
            }
            LedgerReport report = LedgerVerifier.verify(dir(), checkpoint);
            assertThat(report.problem()).isNull();
            assertThat(report.dropped()).isEqualTo(4);
            assertThat(report.notes()).contains("entry 600 dropped 4 entries: 4 deployments kept for P90D");
        }
    }

    private static void assertGone(FileLedger ledger, long... entries) throws IOException {
        for (long entry : entries) {
            assertThat(ledger.isDropped(entry)).isTrue();
            assertThatThrownBy(() -> ledger.entry(entry))
                    .isInstanceOf(DroppedEntryException.class)
                    .hasMessageContaining("entry " + entry + " was dropped");
            assertThatThrownBy(() -> ledger.raw(entry)).isInstanceOf(DroppedEntryException.class);
        }
    }

    @Test
    public void theSameBundleIsSweptAgain() throws Exception {
        try (FileLedger ledger = filled(520)) {
            ledger.drop(swept(set(10)), Condition.ALWAYS);
            ledger.drop(swept(set(10, 11, 255, 256)), Condition.ALWAYS);
            assertGone(ledger, 10, 11, 255, 256);
            assertThat(ledger.entry(12).text("mark")).isEqualTo("mark-12-");
        }
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).isNull();
        assertThat(report.dropped()).isEqualTo(4);
    }

    @Test
    public void onlyTheLedgerItselfDropsAndOnlyFromFullBundles() throws Exception {
        try (FileLedger ledger = filled(300)) {
            assertThat(ledger.droppable()).isEqualTo(256);
            assertThatThrownBy(() -> ledger.drop(swept(set(256)), Condition.ALWAYS))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ledger.append(swept(set(1))))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContaining("by the ledger alone");
            assertThatThrownBy(() -> ledger.drop(swept(set(1)), () -> {
                        throw new ConditionFailedException("a hold");
                    }))
                    .isInstanceOf(ConditionFailedException.class);
            assertThat(ledger.size()).isEqualTo(300);
            assertThat(ledger.isDropped(1)).isFalse();
        }
        assertThat(Files.exists(dir().resolve("kept/pending"))).isFalse();
        assertThat(LedgerVerifier.verify(dir()).problem()).isNull();
    }

    @Test
    public void whatIsMissingAndWasNotSweptIsNamed() throws Exception {
        try (FileLedger ledger = filled(520)) {
            ledger.drop(swept(set(10, 300)), Condition.ALWAYS);
        }
        Path kept = dir().resolve("kept/000");
        byte[] good = Files.readAllBytes(kept);
        List<byte[]> entries = EntryBundle.decode(good);
        entries.set(200, new byte[0]);
        Files.write(kept, EntryBundle.encode(entries));
        assertBad(200, "is missing: no retention.swept entry says that it was dropped");
        entries.set(7, new byte[0]);
        Files.write(kept, EntryBundle.encode(entries));
        assertBad(7, "is missing");
        // the first bad entry is the missing one, although what lies after it is damaged as well
        Path tile = dir().resolve("tile/0/001");
        byte[] hashes = Files.readAllBytes(tile);
        hashes[5] ^= 1;
        Files.write(tile, hashes);
        assertBad(7, "is missing");
        hashes[5] ^= 1;
        Files.write(tile, hashes);

        for (int at : new int[] {0, 1, 40, 1000, good.length - 1}) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            Files.write(kept, bad);
            LedgerReport report = LedgerVerifier.verify(dir());
            assertThat(report.ok()).as("byte %s", at).isFalse();
            assertThat(report.firstBad()).as("byte %s", at).isBetween(0L, 255L);
        }
        Files.write(kept, Arrays.copyOf(good, good.length + 1));
        assertBad(255, "is followed by bytes");
        Files.delete(kept);
        assertBad(0, "is missing: tile/entries/000 was deleted");
        Files.write(kept, good);
        Files.delete(dir().resolve("kept/001"));
        assertBad(256, "is missing: tile/entries/001 was deleted");
    }

    private void assertBad(long entry, String what) throws IOException {
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).startsWith("entry " + entry + " " + what);
        assertThat(report.firstBad()).isEqualTo(entry);
    }

    @Test
    public void goesOnAfterACrashAtEachStep() throws Exception {
        Path entries = dir().resolve("tile/entries/000");
        try (FileLedger ledger = filled(520)) {
            byte[] whole = Files.readAllBytes(entries);
            ledger.drop(swept(set(10, 300)), Condition.ALWAYS);
            // announced and recorded, one bundle done, the other not, the first not removed yet
            Files.write(entries, whole);
        }
        Files.writeString(dir().resolve("kept/pending"), "520\n");
        LedgerReport between = LedgerVerifier.verify(dir());
        assertThat(between.problem()).isNull();
        assertThat(between.notes())
                .contains("entries are being dropped, or that was cut short: the next start goes on with it")
                .anyMatch(note -> note.startsWith("1 entries from entry 10 on are still there"));
        try (ReadOnlyLedger looking = ReadOnlyLedger.open(dir())) {
            assertThat(looking.isDropped(300)).isTrue();
        }
        open().close();
        assertThat(entries).doesNotExist();
        assertThat(dir().resolve("kept/pending")).doesNotExist();
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).isNull();
        assertThat(report.dropped()).isEqualTo(2);

        Files.writeString(dir().resolve("kept/pending"), "522\n"); // announced, and never recorded
        open().close();
        assertThat(dir().resolve("kept/pending")).doesNotExist();
        assertThat(LedgerVerifier.verify(dir()).dropped()).isEqualTo(2);
    }

    @Test
    public void timesAreCheckedAcrossWhatIsGone() throws Exception {
        java.time.Instant noon = java.time.Instant.parse("2026-11-22T12:00:00Z");
        java.time.Instant[] now = {noon};
        java.time.Clock clock = new java.time.Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return java.time.ZoneOffset.UTC;
            }

            @Override
            public java.time.Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public java.time.Instant instant() {
                return now[0];
            }
        };
        try (FileLedger ledger = open(clock)) {
            append(ledger, 10);
            now[0] = noon.plusSeconds(60); // the latest time of all, in an entry that goes
            append(ledger, 1);
            now[0] = noon.plusSeconds(30);
            append(ledger, 600);
            ledger.drop(swept(set(10)), Condition.ALWAYS);
        }
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).isNull();
        assertThat(report.clockJumps()).isEqualTo(601);
    }
}
