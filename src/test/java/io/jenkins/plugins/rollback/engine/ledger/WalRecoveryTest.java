package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Starts from a directory as a crash leaves it: six entries in the tiles, six more in the write-ahead log alone. */
public class WalRecoveryTest extends LedgerTestBase {

    private static final int TILED = 6;
    private static final int ALL = 12;

    private final FailingDisk disk = new FailingDisk();
    private FileLedger crashed;
    private byte[] log;
    private long[] ends; // of the records in the log

    @Before
    public void crash() throws Exception {
        crashed = open(disk);
        append(crashed, TILED);
        crashed.checkpoint();
        disk.writesFail = true;
        append(crashed, ALL - TILED);
        log = Files.readAllBytes(segment());
        ends = Frames.scan(log).frames().stream().mapToLong(Frames.Frame::end).toArray();
        assertThat(ends).hasSize(ALL);
    }

    @After
    public void release() throws Exception {
        disk.writesFail = false;
        crashed.close();
    }

    private Path segment() throws IOException {
        return WalRecovery.segments(new Disk(), dir().resolve("wal"))
                .lastEntry()
                .getValue();
    }

    /** A copy of the directory with this in the log. */
    private Path copy(byte[] content) throws IOException {
        Path copy = folder.newFolder().toPath();
        try (var files = Files.walk(dir())) {
            for (Path from : files.filter(Files::isRegularFile).toList()) {
                Path to = copy.resolve(dir().relativize(from).toString());
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
        Files.write(copy.resolve("wal").resolve(segment().getFileName()), content);
        return copy;
    }

    private static FileLedger open(Path dir) throws IOException {
        return FileLedger.open(dir, null, java.time.Clock.systemUTC(), LedgerKeys.inFile(dir.resolve("key")));
    }

    private static void opensWith(Path dir, int entries) throws IOException {
        assertThat(LedgerVerifier.verify(dir).entries()).isEqualTo(entries);
        try (FileLedger ledger = open(dir)) {
            assertThat(ledger.size()).isEqualTo(entries);
            append(ledger, 2);
            assertThat(ledger.entry(entries).version()).isEqualTo("1." + entries);
        }
        LedgerReport report = LedgerVerifier.verify(dir);
        assertThat(report.problem()).isNull();
        assertThat(report.entries()).isEqualTo(entries + 2);
    }

    @Test
    public void wholeLogIsTaken() throws Exception {
        opensWith(copy(log), ALL);
    }

    @Test
    public void tornTailIsCutBackToTheLastWholeRecordAndNoFurther() throws Exception {
        long from = ends[ALL - 3];
        for (long length = from; length < log.length; length += 1 + length % 23) {
            long cut = length;
            int whole = (int) Arrays.stream(ends).filter(end -> end <= cut).count();
            opensWith(copy(Arrays.copyOf(log, (int) cut)), whole);
        }
    }

    @Test
    public void garbageAfterTheLastRecordIsCutOff() throws Exception {
        Random random = new Random(3);
        for (int length : new int[] {1, 23, 24, 25, 5_000}) {
            byte[] garbage = new byte[length];
            random.nextBytes(garbage);
            byte[] content = Arrays.copyOf(log, log.length + length);
            System.arraycopy(garbage, 0, content, log.length, length);
            opensWith(copy(content), ALL);
            opensWith(copy(Arrays.copyOf(log, log.length + length)), ALL); // a file system that left zeros
        }
    }

    @Test
    public void damagedLastRecordCountsAsTorn() throws Exception {
        byte[] content = log.clone();
        content[log.length - 5] ^= 1;
        opensWith(copy(content), ALL - 1);
    }

    @Test
    public void damageBeforeAcknowledgedRecordsIsAnErrorAndNothingIsTouched() throws Exception {
        byte[] content = log.clone();
        content[(int) ends[7] + 40] ^= 1; // entry 8; entries 9 to 11 say that it had been acknowledged
        Path copy = copy(content);
        assertThatThrownBy(() -> open(copy))
                .isInstanceOfSatisfying(
                        DamagedLedgerException.class, e -> assertThat(e.index()).isEqualTo(8))
                .hasMessageContaining("entry 8")
                .hasMessageContaining("acknowledged");
        assertThat(Files.readAllBytes(copy.resolve("wal").resolve(segment().getFileName())))
                .isEqualTo(content);
        LedgerReport report = LedgerVerifier.verify(copy);
        assertThat(report.firstBad()).isEqualTo(8);
    }

    @Test
    public void damageInWhatTheTilesHoldAnywayIsOvercome() throws Exception {
        byte[] content = log.clone();
        content[(int) ends[1] + 40] ^= 1;
        opensWith(copy(content), ALL);
    }

    @Test
    public void lostLogIsNoticedByALaterOneOnly() throws Exception {
        opensWith(copy(new byte[0]), TILED); // nothing says that there was more: this is what witnesses are for
    }
}
