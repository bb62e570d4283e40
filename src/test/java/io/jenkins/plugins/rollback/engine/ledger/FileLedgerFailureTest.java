package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;

public class FileLedgerFailureTest extends LedgerTestBase {

    private final FailingDisk disk = new FailingDisk();

    @Test
    public void fullDiskRefusesTheAppendLeavesNoTraceAndIsOvercome() throws Exception {
        List<Long> projected = new ArrayList<>();
        try (FileLedger ledger = open(disk)) {
            ledger.attach(entry -> projected.add(entry.index()));
            append(ledger, 5);
            disk.appendsFail = true;
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> ledger.append(event(5)))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No space left");
            }
            assertThatThrownBy(() ->
                            ledger.append(event(5).actor(Actor.user("new")).reason("text")))
                    .hasMessageContaining("No space left");
            assertThat(ledger.size()).isEqualTo(5);
            assertThat(ledger.entry(4).version()).isEqualTo("1.4");
            assertThat(ledger.checkpoint().size()).isEqualTo(5);

            disk.appendsFail = false;
            append(ledger, 3);
            assertThat(projected).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
        verified(8);
    }

    @Test
    public void failedFsyncAcknowledgesNothingUntilTheLogIsWrittenAnew() throws Exception {
        List<Long> projected = new ArrayList<>();
        try (FileLedger ledger = open(disk)) {
            ledger.attach(entry -> projected.add(entry.index()));
            append(ledger, 3);
            disk.syncsFail = true;
            assertThatThrownBy(() -> ledger.append(event(3))).hasMessageContaining("Input/output error");
            assertThat(ledger.entry(2).version()).isEqualTo("1.2");
            disk.syncsFail = false;

            // what the failed append wrote keeps its place, as projections have seen it
            Entry next = ledger.append(event(4));
            assertThat(next.index()).isEqualTo(4);
            assertThat(projected).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
        verified(5);
    }

    /** A file that a checkpoint covers would be empty for a moment if it were written again. */
    @Test
    public void whatACheckpointSignsIsNeverWrittenAgain() throws Exception {
        List<Path> written = new ArrayList<>();
        Disk recording = new Disk() {
            @Override
            void write(Path file, byte[] content) throws IOException {
                written.add(file);
                super.write(file, content);
            }
        };
        try (FileLedger ledger = open(recording)) {
            append(ledger, 300);
            ledger.checkpoint();
            List<Path> signed = List.copyOf(written);
            assertThat(signed).contains(dir().resolve("tile/1/000.p/1"));
            written.clear();
            append(ledger, 1);
            ledger.checkpoint();
            assertThat(written)
                    .contains(dir().resolve("tile/0/001.p/45"))
                    .noneMatch(file -> file.startsWith(dir().resolve("tile")) && signed.contains(file));
        }
        verified(301);
    }

    @Test
    public void aFailedCheckpointIsMadeUpForWithoutWritingItsTilesAgain() throws Exception {
        List<Path> written = new ArrayList<>();
        AtomicBoolean full = new AtomicBoolean();
        Disk noCheckpoint = new Disk() {
            @Override
            void write(Path file, byte[] content) throws IOException {
                if (full.get() && file.getFileName().toString().startsWith("checkpoint")) {
                    throw new IOException("No space left on device (test)");
                }
                written.add(file);
                super.write(file, content);
            }
        };
        try (FileLedger ledger = open(noCheckpoint)) {
            full.set(true);
            append(ledger, 257);
            assertThatThrownBy(ledger::checkpoint).hasMessageContaining("No space left");
            full.set(false);
            ledger.checkpoint();
        }
        assertThat(written.stream().filter(file -> file.endsWith("tile/0/000"))).hasSize(1);
        verified(257);
    }

    @Test
    public void appendsGoOnWhileTilesCannotBeWritten() throws Exception {
        try (FileLedger ledger = open(disk)) {
            append(ledger, 200);
            ledger.checkpoint();
            disk.writesFail = true;
            append(ledger, 400);
            assertThatThrownBy(ledger::checkpoint).hasMessageContaining("No space left");
            assertThat(ledger.entry(599).version()).isEqualTo("1.599");
            LedgerReport report = LedgerVerifier.verify(dir());
            assertThat(report.problem()).isNull();
            assertThat(report.entries()).isEqualTo(600);
            assertThat(report.pending()).isEqualTo(400);

            disk.writesFail = false;
            assertThat(ledger.checkpoint().size()).isEqualTo(600);
        }
        verified(600);
    }

    @Test
    public void closedWithUnpublishedEntriesItFindsThemAgain() throws Exception {
        FileLedger ledger = open(disk);
        append(ledger, 10);
        disk.writesFail = true;
        append(ledger, 10);
        assertThatThrownBy(ledger::close).hasMessageContaining("No space left");
        assertThat(LedgerVerifier.verify(dir()).entries()).isEqualTo(20);
        try (FileLedger again = open()) {
            assertThat(again.size()).isEqualTo(20);
            append(again, 1);
        }
        verified(21);
    }

    @Test
    public void realFullFileSystem() throws Exception {
        Path mount = folder.newFolder("small").toPath();
        assumeTrue("needs root and mount", run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()));
        try {
            Path dir = mount.resolve("ledger");
            LedgerKeys keys = LedgerKeys.inFile(dir.resolve("key"));
            Path ballast = mount.resolve("ballast");
            long size;
            try (FileLedger ledger = FileLedger.open(dir, ORIGIN, Clock.systemUTC(), keys)) {
                append(ledger, 10);
                Files.write(ballast, new byte[700 << 10]);
                assertThatThrownBy(() -> append(ledger, 10_000)).isInstanceOf(IOException.class);
                size = ledger.size();
                assertThat(ledger.entry(size - 1).version()).isEqualTo("1." + (size - 1));
                Files.delete(ballast);
                append(ledger, 1);
                ledger.checkpoint();
            }
            LedgerReport report = LedgerVerifier.verify(dir);
            assertThat(report.problem()).isNull();
            assertThat(report.entries()).isEqualTo(size + 1);
        } finally {
            run("umount", mount.toString());
        }
    }

    @Test
    public void foreignWriterIsNoticedBeforeItsCheckpointIsOverwritten() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 3);
            String mine = ledger.checkpoint().note();
            Files.writeString(dir().resolve("checkpoint"), mine.replace("\n3\n", "\n4\n"));
            append(ledger, 1);
            assertThatThrownBy(ledger::checkpoint).hasMessageContaining("somebody else");
            Files.writeString(dir().resolve("checkpoint"), mine);
            ledger.checkpoint();
        }
        verified(4);
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void verified(long entries) throws IOException {
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).isNull();
        assertThat(report.entries()).isEqualTo(entries);
        assertThat(report.pending()).isZero();
        try (FileLedger ledger = open()) {
            for (long i = 0; i < entries; i++) {
                assertThat(ledger.entry(i).index()).isEqualTo(i);
            }
        }
    }
}
