package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Before;
import org.junit.Test;

/**
 * Over a ledger of 1,000 entries with a changed key: every change of a byte, at 20,000 places and at both ends of every
 * hash and entry, every deletion and every swap is found, and the first bad entry that is named is the right one.
 */
public class LedgerTamperTest extends LedgerTestBase {

    private static final int SIZE = 1_000;
    private static final int FLIPS = 20_000;

    private MemoryDisk disk;

    @Before
    public void build() throws Exception {
        try (FileLedger ledger = open()) {
            for (int i = 0; i < SIZE - 1; i++) {
                Event event = event(i).actor(Actor.user("user" + i % 7));
                ledger.append(i % 100 == 0 ? event.reason("reason " + i) : event);
                if (i == 700) {
                    ledger.rotateKey(Actor.user("user1"), null);
                }
            }
        }
        disk = MemoryDisk.of(dir());
        assertThat(verify(disk).problem()).isNull();
        assertThat(verify(disk).entries()).isEqualTo(SIZE);
    }

    private LedgerReport verify(MemoryDisk changed) throws IOException {
        return LedgerVerifier.verify(changed, dir(), VerifyOptions.DEFAULT);
    }

    /** A place in a file, and the value that the byte there gets. */
    private record Flip(Path file, int position, byte value) {}

    @Test
    public void everyChangedByteIsFoundAndTheFirstBadEntryNamed() throws Exception {
        Random random = new Random(11);
        List<Flip> flips = new ArrayList<>();
        long total = 0;
        for (Path file : disk.all()) {
            total += disk.read(file).length;
        }
        for (Path file : disk.all()) {
            byte[] good = disk.read(file);
            TreeSet<Integer> places = boundaries(file, good);
            long wanted = Math.max(Math.min(good.length, 300), FLIPS * (long) good.length / total);
            while (places.size() < Math.min(good.length, wanted)) {
                places.add(random.nextInt(good.length));
            }
            places.forEach(place -> flips.add(new Flip(file, place, (byte) (good[place] ^ 1 + random.nextInt(255)))));
        }
        assertThat(flips).hasSizeGreaterThanOrEqualTo(FLIPS);
        AtomicInteger right = new AtomicInteger();
        flips.parallelStream().forEach(flip -> right.addAndGet(isFound(flip) ? 1 : 0));
        assertThat(right.get()).isEqualTo(flips.size());
    }

    private boolean isFound(Flip flip) {
        try {
            byte[] good = disk.read(flip.file());
            byte[] bad = good.clone();
            bad[flip.position()] = flip.value();
            LedgerReport report = verify(disk.with(flip.file(), bad));
            assertThat(report.ok()).as(flip.toString()).isFalse();
            assertThat(report.firstBad()).as("%s: %s", flip, report.problem()).isEqualTo(expected(flip, good));
            return true;
        } catch (IOException e) {
            throw new AssertionError(flip.toString(), e);
        }
    }

    private TilePath tile(Path file) {
        String name = dir().relativize(file).toString();
        return name.startsWith("tile/")
                ? TilePath.parse(name.substring("tile/".length())).orElseThrow()
                : null;
    }

    /** First and last byte of each hash, and of each entry with its length. */
    private TreeSet<Integer> boundaries(Path file, byte[] content) {
        TreeSet<Integer> places = new TreeSet<>();
        TilePath tile = tile(file);
        if (content.length > 0) {
            places.addAll(List.of(0, content.length - 1));
        }
        if (tile != null && tile.level() == TilePath.ENTRIES) {
            int at = 0;
            for (byte[] entry : EntryBundle.decode(content)) {
                places.addAll(List.of(at, at + 1, at + 2, at + 1 + entry.length));
                at += 2 + entry.length;
            }
        } else if (tile != null) {
            for (int at = 0; at < content.length; at += Merkle.HASH) {
                places.addAll(List.of(at, at + Merkle.HASH - 1));
            }
        }
        return places;
    }

    private long expected(Flip flip, byte[] good) {
        TilePath tile = tile(flip.file());
        if (tile == null) {
            return -1;
        }
        if (tile.level() != TilePath.ENTRIES) {
            return tile.first() + flip.position() / Merkle.HASH * tile.span();
        }
        long index = tile.first() - 1;
        int at = 0;
        for (byte[] entry : EntryBundle.decode(good)) {
            index++;
            at += 2 + entry.length;
            if (flip.position() < at) {
                break;
            }
        }
        return index;
    }

    private interface Change {
        void to(List<byte[]> entries);
    }

    private LedgerReport withBundle(int number, Change change) throws IOException {
        Path file = new TilePath(TilePath.ENTRIES, number, Math.min(256, SIZE - 256 * number)).in(dir());
        List<byte[]> entries = new ArrayList<>(EntryBundle.decode(disk.read(file)));
        change.to(entries);
        return verify(disk.with(file, EntryBundle.encode(entries)));
    }

    @Test
    public void everyDeletedEntryIsNamed() throws Exception {
        for (int i = 0; i < SIZE; i++) {
            int place = i % 256;
            LedgerReport report = withBundle(i / 256, entries -> entries.remove(place));
            assertThat(report.firstBad()).as(report.problem()).isEqualTo(i);
        }
    }

    @Test
    public void everySwapNamesTheEarlierOfTheTwo() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < SIZE; i++) {
            int width = Math.min(256, SIZE - i / 256 * 256);
            int place = i % 256;
            int other = i % 2 == 0 ? (place + 1) % width : random.nextInt(width);
            if (place == other) {
                continue;
            }
            LedgerReport report = withBundle(i / 256, entries -> Collections.swap(entries, place, other));
            assertThat(report.firstBad()).as(report.problem()).isEqualTo(i - place + Math.min(place, other));
            assertThat(report.problem()).contains("out of order");
        }
    }

    @Test
    public void everyDeletedFileAndEverySwapOfTwoFilesIsFound() throws Exception {
        for (Path file : disk.all()) {
            boolean needed = !file.endsWith("key") && !file.endsWith("lock"); // opening the ledger misses the key
            LedgerReport without = verify(disk.with(file, null));
            assertThat(without.ok()).as("without %s", file).isEqualTo(!needed);
            if (tile(file) != null) {
                assertThat(without.firstBad())
                        .as(without.problem())
                        .isEqualTo(tile(file).first());
            }
            for (Path other : disk.all()) {
                if (needed && file.compareTo(other) < 0 && !other.endsWith("lock")) {
                    MemoryDisk swapped = disk.with(file, disk.read(other)).with(other, disk.read(file));
                    assertThat(verify(swapped).ok())
                            .as("%s for %s", file, other)
                            .isFalse();
                }
            }
        }
    }
}
