package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Test;

/** Does everything to a ledger of 1,000 entries that somebody with the disk in hand could do. */
public class LedgerVerifierTest extends LedgerTestBase {

    private static final int SIZE = 1_000;
    private String halfWay;

    @Before
    public void build() throws Exception {
        try (FileLedger ledger = open()) {
            for (int i = 0; i < SIZE; i++) {
                Event event = event(i).actor(Actor.user("user" + i % 7));
                ledger.append(i % 100 == 0 ? event.reason("reason " + i) : event);
                if (i == SIZE / 2) {
                    halfWay = ledger.checkpoint().note();
                }
            }
        }
        assertThat(LedgerVerifier.verify(dir()).problem()).isNull();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(dir())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    @Test
    public void everyTruncatedFileIsFound() throws Exception {
        for (Path file : files()) {
            byte[] good = Files.readAllBytes(file);
            for (int cut : new int[] {1, 32, good.length / 2}) {
                Files.write(file, java.util.Arrays.copyOf(good, Math.max(0, good.length - cut)));
                assertThat(LedgerVerifier.verify(dir()).ok())
                        .as("%s less %s", file, cut)
                        .isFalse();
            }
            Files.write(file, java.util.Arrays.copyOf(good, good.length + 1));
            assertThat(LedgerVerifier.verify(dir()).ok())
                    .as("%s and a byte", file)
                    .isFalse();
            Files.write(file, good);
        }
    }

    @Test
    public void swappedDeletedAndInsertedEntriesAreNamed() throws Exception {
        LedgerReport swapped = withBundle(1, entries -> Collections.swap(entries, 10, 20));
        assertThat(swapped.firstBad()).isEqualTo(266);
        assertThat(swapped.problem()).contains("entry 266", "out of order");

        LedgerReport deleted = withBundle(2, entries -> entries.remove(100));
        assertThat(deleted.firstBad()).isEqualTo(612);
        assertThat(deleted.problem()).contains("was deleted");

        LedgerReport inserted = withBundle(0, entries -> entries.add(5, "{}".getBytes()));
        assertThat(inserted.firstBad()).isEqualTo(5);
        assertThat(inserted.problem()).contains("preceded");

        LedgerReport cut =
                withBundle(3, entries -> entries.subList(200, entries.size()).clear());
        assertThat(cut.firstBad()).isEqualTo(968);
        assertThat(cut.problem()).contains("cut off");
    }

    private interface Change {
        void to(List<byte[]> entries);
    }

    private LedgerReport withBundle(int number, Change change) throws IOException {
        int width = Math.min(256, SIZE - 256 * number);
        Path file = new TilePath(TilePath.ENTRIES, number, width).in(dir());
        byte[] good = Files.readAllBytes(file);
        List<byte[]> entries = new ArrayList<>(EntryBundle.decode(good));
        change.to(entries);
        Files.write(file, EntryBundle.encode(entries));
        LedgerReport report = LedgerVerifier.verify(dir());
        Files.write(file, good);
        return report;
    }

    @Test
    public void swappedFilesAreFound() throws Exception {
        for (String[] pair : new String[][] {
            {"tile/entries/000", "tile/entries/001"}, {"tile/0/001", "tile/0/002"}, {"tile/entries/002", "tile/0/002"}
        }) {
            swap(dir().resolve(pair[0]), dir().resolve(pair[1]));
            LedgerReport report = LedgerVerifier.verify(dir());
            assertThat(report.ok()).isFalse();
            int first = Integer.parseInt(pair[0].substring(pair[0].length() - 3)) * 256;
            assertThat(report.firstBad()).isEqualTo(first);
            swap(dir().resolve(pair[0]), dir().resolve(pair[1]));
        }
    }

    private void swap(Path one, Path other) throws IOException {
        Path aside = folder.getRoot().toPath().resolve("aside");
        Files.move(one, aside);
        Files.move(other, one);
        Files.move(aside, other);
    }

    /** Whoever changes an entry and all its hashes still lacks the key. */
    @Test
    public void historyWrittenAnewIsFound() throws Exception {
        rewrite(SIZE, 300, null);
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).contains("root hash").contains("written anew");
    }

    /** Whoever has the key can sign another history; an earlier checkpoint, kept elsewhere, finds it. */
    @Test
    public void historySignedAnewIsFoundByAnEarlierCheckpoint() throws Exception {
        SigningKey key = SigningKey.parse(
                LedgerKeys.inFile(dir().resolve("key")).load().orElseThrow(),
                LedgerStart.verifierKey(new Disk(), dir()));
        assertThat(LedgerVerifier.verify(dir(), halfWay).problem()).isNull();
        rewrite(SIZE, 300, key);
        assertThat(LedgerVerifier.verify(dir()).ok()).isTrue();
        assertThat(LedgerVerifier.verify(dir(), halfWay).problem()).contains("written anew");
    }

    @Test
    public void cutOffLedgerIsFoundByAnEarlierCheckpoint() throws Exception {
        String last = Files.readString(dir().resolve("checkpoint"));
        SigningKey key = SigningKey.parse(
                LedgerKeys.inFile(dir().resolve("key")).load().orElseThrow(),
                LedgerStart.verifierKey(new Disk(), dir()));
        rewrite(600, -1, key);
        LedgerReport report = LedgerVerifier.verify(dir(), last);
        assertThat(report.firstBad()).isEqualTo(600);
        assertThat(report.problem()).contains("cut off");
        assertThat(LedgerVerifier.verify(dir(), halfWay).ok()).isTrue();
    }

    @Test
    public void foreignSignatureIsFound() throws Exception {
        SigningKey foreign = SigningKey.create(ORIGIN, new SecureRandom());
        rewrite(SIZE, -1, foreign);
        assertThat(LedgerVerifier.verify(dir()).problem()).contains("foreign key");

        String note = Files.readString(dir().resolve("checkpoint"));
        Files.writeString(dir().resolve("checkpoint"), note.replace(ORIGIN, "another/log"));
        assertThat(LedgerVerifier.verify(dir()).problem()).contains("another/log");
    }

    @Test
    public void supersededTileThatLiesIsFound() throws Exception {
        Path partial = new TilePath(0, 0, 7).in(dir());
        Files.createDirectories(partial.getParent());
        byte[] full = Files.readAllBytes(new TilePath(0, 0, 256).in(dir()));
        Files.write(partial, java.util.Arrays.copyOf(full, 7 * 32));
        assertThat(LedgerVerifier.verify(dir()).ok()).isTrue();
        Files.write(partial, new byte[7 * 32]);
        assertThat(LedgerVerifier.verify(dir()).problem()).contains("tile/0/000.p/7");
    }

    /** Builds the tree anew from its own entries, {@code changed} one of them; signs it if there is a key. */
    private void rewrite(int size, int changed, SigningKey key) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        for (int first = 0; first < SIZE; first += 256) {
            entries.addAll(EntryBundle.decode(Files.readAllBytes(
                    new TilePath(TilePath.ENTRIES, first / 256, Math.min(256, SIZE - first)).in(dir()))));
        }
        if (changed >= 0) {
            String other = new String(entries.get(changed)).replace("\"n\":" + changed, "\"n\":1");
            entries.set(changed, other.getBytes());
        }
        String note = Files.readString(dir().resolve("checkpoint"));
        Path anew = folder.newFolder().toPath();
        SigningKey signer = key == null ? SigningKey.create(ORIGIN, new SecureRandom()) : key;
        Checkpoint empty = SignedCheckpoint.sign(ORIGIN, 0, new TileHasher().root(), signer);
        Files.writeString(anew.resolve("checkpoint"), empty.note());
        TilePublisher publisher = new TilePublisher(
                new Disk(),
                anew,
                new LedgerStart.Start(signer, KeyRing.of(signer), KeyHistory.of(signer.verifier()), empty));
        publisher.publish(entries.subList(0, size));
        try (Stream<Path> files = Files.walk(dir().resolve("tile"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.walk(anew)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = dir().resolve(anew.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (key == null) {
            Files.writeString(dir().resolve("checkpoint"), note);
        }
    }

    @Test
    public void clockThatStepsBackBeyondTheLimitIsNamed() throws Exception {
        Path dir = folder.newFolder().toPath();
        java.time.Instant noon = java.time.Instant.parse("2026-11-22T12:00:00Z");
        long[] offsets = {0, 10, 4, 20, -7_200, -7_100, 30};
        LedgerKeys keys = LedgerKeys.inFile(dir.resolve("key"));
        for (long offset : offsets) {
            java.time.Clock clock = java.time.Clock.fixed(noon.plusSeconds(offset), java.time.ZoneOffset.UTC);
            try (FileLedger ledger = FileLedger.open(dir, ORIGIN, clock, keys)) {
                append(ledger, 1);
            }
        }
        LedgerReport within = LedgerVerifier.verify(dir);
        assertThat(within.problem()).isNull();
        assertThat(within.clockJumps()).isEqualTo(3);
        LedgerReport beyond =
                LedgerVerifier.verify(dir, VerifyOptions.DEFAULT.clockLimit(java.time.Duration.ofHours(1)));
        assertThat(beyond.firstBad()).isEqualTo(4);
        assertThat(beyond.problem()).contains("entry 4 has a clock that stands PT2H20S before");
    }
}
