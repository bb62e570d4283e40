package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.Test;

/** What is particular to the ledger in files; what every ledger promises is in {@link LedgerContractTest}. */
public class FileLedgerTest extends LedgerTestBase {

    @Test
    public void keepsEntriesAcrossSizesThatCrossTiles() throws Exception {
        int[] steps = {0, 1, 254, 1, 1, 255, 1, 300};
        long size = 0;
        for (int step : steps) {
            try (FileLedger ledger = open()) {
                assertThat(ledger.size()).isEqualTo(size);
                append(ledger, step);
                size += step;
            }
            LedgerReport report = LedgerVerifier.verify(dir());
            assertThat(report.problem()).isNull();
            assertThat(report.entries()).isEqualTo(size);
            assertThat(report.pending()).isZero();
            assertThat(report.notes()).isEmpty();
        }
        try (FileLedger ledger = open()) {
            for (long i = 0; i < size; i++) {
                Entry entry = ledger.entry(i);
                assertThat(entry.index()).isEqualTo(i);
                assertThat(entry.version()).isEqualTo("1." + i);
                assertThat(entry.data().get("n").asLong()).isEqualTo(i);
            }
            assertThat(ledger.entries(250, 260))
                    .extracting(Entry::index)
                    .hasSize(10)
                    .startsWith(250L);
        }
    }

    @Test
    public void laysTheFilesOutAsC2spSays() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 300);
        }
        try (Stream<Path> files = Files.walk(dir())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> dir().relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "checkpoint",
                            "vkey",
                            "key",
                            "lock",
                            "people/table",
                            "tile/0/000",
                            "tile/0/001.p/44",
                            "tile/1/000.p/1",
                            "tile/entries/000",
                            "tile/entries/001.p/44");
        }
        List<String> note = Files.readAllLines(dir().resolve("checkpoint"), StandardCharsets.UTF_8);
        assertThat(note.subList(0, 2)).containsExactly(ORIGIN, "300");
        assertThat(note.get(3)).isEmpty();
        assertThat(note.get(4)).startsWith("\u2014 " + ORIGIN + " ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir().resolve("key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir().resolve("people/table"))))
                .isEqualTo("rw-------");
    }

    @Test
    public void publishesInTheBackgroundAndOnDemand() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 3);
            Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                            Files.readAllLines(dir().resolve("checkpoint")).get(1))
                    .isEqualTo("3"));
            append(ledger, 10);
            Checkpoint checkpoint = ledger.checkpoint();
            assertThat(checkpoint.size()).isEqualTo(13);
            assertThat(Files.readString(dir().resolve("checkpoint"))).isEqualTo(checkpoint.note());
            assertThat(LedgerVerifier.verify(dir()).ok()).isTrue();
        }
    }

    @Test
    public void secondOwnerIsRefusedAndToldWhoTheFirstIs() throws Exception {
        try (FileLedger ledger = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerInUseException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            append(ledger, 1);
        }
        open().close();
    }

    @Test
    public void verifierMayLookWhileItIsWritten() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (FileLedger ledger = open()) {
            append(ledger, 1);
            ledger.checkpoint();
            AtomicBoolean enough = new AtomicBoolean();
            Future<?> writer = pool.submit(() -> {
                while (!enough.get()) {
                    append(ledger, 20);
                }
                return null;
            });
            for (int looks = 0; looks < 5 || ledger.size() < 600; looks++) {
                LedgerReport report = LedgerVerifier.verify(dir());
                assertThat(report.problem()).isNull();
                assertThat(LedgerProof.of(dir(), 0).index()).isZero();
            }
            enough.set(true);
            writer.get();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void attachReplaysEverythingThenFollows() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 700);
        }
        try (FileLedger ledger = open()) {
            append(ledger, 20);
            List<Long> seen = new ArrayList<>();
            ledger.attach(entry -> seen.add(entry.index()));
            append(ledger, 2);
            assertThat(seen).hasSize(722).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    public void faultyProjectionDoesNotKeepTheEntryFromBeingRecorded() throws Exception {
        try (FileLedger ledger = open()) {
            List<Long> seen = new ArrayList<>();
            ledger.attach(entry -> {
                throw new IllegalStateException("bug");
            });
            ledger.attach(entry -> seen.add(entry.index()));
            append(ledger, 2);
            assertThat(seen).containsExactly(0L, 1L);
        }
    }

    @Test
    public void clockThatJumpsBackIsRecordedAndOrderStays() throws Exception {
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");
        MutableClock clock = new MutableClock(noon);
        try (FileLedger ledger = open(clock)) {
            append(ledger, 1);
            clock.now = noon.minusSeconds(90);
            append(ledger, 1);
            assertThat(new String(ledger.raw(1), StandardCharsets.UTF_8)).contains("\"behind\":90000,");
        }
        try (FileLedger ledger = open(clock)) {
            clock.now = noon.minusSeconds(60);
            append(ledger, 1);
            clock.now = noon.plusSeconds(1);
            append(ledger, 1);
            assertThat(new String(ledger.raw(2), StandardCharsets.UTF_8)).contains("\"behind\":60000,");
            assertThat(new String(ledger.raw(3), StandardCharsets.UTF_8)).doesNotContain("behind");
        }
        LedgerReport report = LedgerVerifier.verify(dir());
        assertThat(report.problem()).isNull();
        assertThat(report.clockJumps()).isEqualTo(2);
    }

    private static final class MutableClock extends Clock {
        private volatile Instant now;

        private MutableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    public void existingLedgerKeepsItsName() throws Exception {
        open().close();
        LedgerKeys keys = LedgerKeys.inFile(dir().resolve("key"));
        try (FileLedger ledger = FileLedger.open(dir(), "elsewhere/1", Clock.systemUTC(), keys)) {
            assertThat(ledger.origin()).isEqualTo(ORIGIN);
        }
        assertThatThrownBy(() -> FileLedger.open(folder.newFolder().toPath(), "a b", Clock.systemUTC(), keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a b");
    }

    @Test
    public void lostKeyIsAnErrorAndNotANewLedger() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 2);
        }
        Files.delete(dir().resolve("key"));
        assertThatThrownBy(this::open).hasMessageContaining("private key").hasMessageContaining("gone");
        assertThat(LedgerVerifier.verify(dir()).ok()).isTrue();
    }

    @Test
    public void closedLedgerReadsButDoesNotWrite() throws Exception {
        FileLedger ledger = open();
        append(ledger, 2);
        ledger.close();
        ledger.close();
        assertThat(ledger.entry(1).version()).isEqualTo("1.1");
        assertThatThrownBy(() -> ledger.append(event(2).actor(Actor.user("new"))))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("closed");
        assertThat(LedgerVerifier.verify(dir()).entries()).isEqualTo(2);
    }

    @Test
    public void readsAreBounded() throws Exception {
        try (FileLedger ledger = open()) {
            append(ledger, 2);
            assertThatThrownBy(() -> ledger.entry(2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> ledger.entries(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(ledger.entries(2, 2)).isEmpty();
        }
    }
}
