package io.jenkins.plugins.rollback.bench;

import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.LedgerProof;
import io.jenkins.plugins.rollback.engine.ledger.LedgerReport;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.ledger.Proofs;
import io.jenkins.plugins.rollback.engine.ledger.SignedCheckpoint;
import io.jenkins.plugins.rollback.engine.ledger.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast the ledger is and how large it gets, each figure beside its bound, and beside what the disk alone can do,
 * measured in turns in the same run: on a machine that others use, only the relation means something.
 */
public final class LedgerBench {

    private static final int ROUNDS = 3;
    private static final int WRITERS = 64;

    private final Path folder;
    private final long entries;
    private final double seconds;
    private final List<String> table = new ArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private int ledgers;

    private LedgerBench(Path folder, long entries, double seconds) {
        this.folder = folder;
        this.entries = entries;
        this.seconds = seconds;
    }

    /** Arguments: folder on a disk, entries of the large ledger, seconds a measurement, file for the table. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Scratch.delete(folder);
        Files.createDirectories(folder);
        LedgerBench bench = new LedgerBench(folder, Long.parseLong(args[1]), Double.parseDouble(args[2]));
        bench.table.add("| what | measured | bound | |");
        bench.table.add("|---|---|---|---|");
        try {
            bench.largeLedger(); // first: a controller that has run for a minute is compiled, and so is this then
            bench.singleAppends();
            bench.concurrentAppends();
        } finally {
            Scratch.delete(folder);
            String table = String.join("\n", bench.table) + "\n";
            Files.writeString(Path.of(args[3]), table);
            System.out.print(table);
        }
    }

    private void row(String what, String measured, String bound, boolean met) {
        table.add("| " + what + " | " + measured + " | " + bound + " | " + (met ? "met" : "**missed**") + " |");
        System.out.println(what + ": " + measured + " (" + bound + ")");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    static FileLedger open(Path dir) throws IOException {
        return FileLedger.open(
                dir, "bench/release-rollback/1", Clock.systemUTC(), LedgerKeys.inFile(dir.resolve("key")));
    }

    private static byte[] bytesOf(FileLedger ledger) throws IOException {
        return ledger.raw(ledger.size() - 1);
    }

    private void singleAppends() throws Exception {
        double raw = 0;
        double ours = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path dir = folder.resolve("ledger" + ledgers++);
            try (FileLedger ledger = open(dir);
                    RawDisk disk = new RawDisk(folder.resolve("raw" + round))) {
                ledger.append(Events.event(3));
                byte[] record = bytesOf(ledger);
                raw = Math.max(raw, Rate.of(1, seconds / ROUNDS, () -> disk.append(record)));
                ours = Math.max(
                        ours,
                        Rate.of(1, seconds / ROUNDS, () -> ledger.append(Events.event(number.getAndIncrement()))));
            }
        }
        row(
                "durable appends of one thread",
                text("%.0f/s, %.2f of raw append+fsync (%.0f/s)", ours, ours / raw, raw),
                "at least 0.7 of raw",
                ours >= 0.7 * raw);
    }

    private void concurrentAppends() throws Exception {
        double raw = 0;
        double ours = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path dir = folder.resolve("ledger" + ledgers++);
            try (FileLedger ledger = open(dir);
                    RawDisk disk = new RawDisk(folder.resolve("together" + round))) {
                ledger.append(Events.event(3));
                byte[] record = bytesOf(ledger);
                raw = Math.max(raw, Rate.of(WRITERS, seconds / ROUNDS, () -> disk.appendTogether(record)));
                ours = Math.max(
                        ours,
                        Rate.of(
                                WRITERS,
                                seconds / ROUNDS,
                                () -> ledger.append(Events.event(number.getAndIncrement()))));
            }
        }
        row(
                "durable appends of 64 threads",
                text("%.0f/s, %.2f of raw group commit (%.0f/s)", ours, ours / raw, raw),
                "at least 50,000/s or 0.5 of raw",
                ours >= 50_000 || ours >= 0.5 * raw);
    }

    private void largeLedger() throws Exception {
        Path dir = folder.resolve("large");
        long start = System.nanoTime();
        number.set(0);
        try (FileLedger ledger = open(dir)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < WRITERS; t++) {
                Thread thread = new Thread(() -> {
                    try {
                        // a deployment is recorded in its order, many of them at once
                        for (long n = next(); n < entries; n = next()) {
                            for (long one = n; one < Math.min(entries, n + Events.EACH); one++) {
                                ledger.append(Events.event(one));
                            }
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println(text("made %d entries in %.1f s", entries, since(start)));
        proofs(dir);

        start = System.nanoTime();
        LedgerReport report = LedgerVerifier.verify(dir);
        double took = since(start);
        if (!report.ok() || report.entries() != entries) {
            throw new IllegalStateException("the ledger is wrong: " + report);
        }
        row(text("verifying %,d entries", entries), text("%.1f s", took), "less than 10 s", took < 10);
        starts(dir);
    }

    private long next() {
        return number.getAndAdd(Events.EACH);
    }

    /** Each in a process of its own, as a controller starts: nothing is warm, nothing is left over. */
    private void starts(Path dir) throws Exception {
        Start.Figures nothing = Start.inChild(dir, "all");
        row(
                text("a start with %,d entries, from nothing", entries),
                text("%.1f s", nothing.seconds()),
                "less than 30 s",
                nothing.seconds() < 30);
        Start.Figures catalog = Start.inChild(dir, "catalog");
        row(
                "opening the ledger with its catalog, from what was kept",
                text("%.2f s", catalog.seconds()),
                "less than 2 s",
                catalog.seconds() < 2);
        Start.Figures kept = Start.inChild(dir, "all");
        row("the same with approvals, alerts and search", text("%.2f s", kept.seconds()), "a whole start", true);
        row(
                "heap after either, with catalog and search",
                text("%d and %d MiB", nothing.heap(), kept.heap()),
                "less than 256 MiB (-Xmx" + Start.HEAP + "m)",
                Math.max(nothing.heap(), kept.heap()) < Start.HEAP);
        row(
                "the slowest of the audit page's searches",
                text("%.0f ms", Math.max(nothing.search(), kept.search()) * 1000),
                "less than 50 ms",
                Math.max(nothing.search(), kept.search()) < 0.05);
        row(
                "keeping the state",
                text("%.2f s, %d MiB", nothing.keeping(), Start.bytes(dir) >> 20),
                "in the background",
                true);
    }

    private void proofs(Path dir) throws Exception {
        VerifierKey key =
                VerifierKey.parse(Files.readString(dir.resolve("vkey")).strip());
        LedgerProof proof = LedgerProof.of(dir, entries / 3);
        int size = proof.text().getBytes(StandardCharsets.UTF_8).length;
        row("proof with its checkpoint", size + " bytes", "at most 1536 bytes", size <= 1536);
        byte[] leaf = MessageDigest.getInstance("SHA-256").digest(new byte[300]);
        Proofs.rootFromInclusion(leaf, proof.index(), entries, proof.hashes());
        double rate = Rate.of(1, 1, () -> Proofs.rootFromInclusion(leaf, proof.index(), entries, proof.hashes()));
        row(
                "checking an inclusion",
                text("%.1f microseconds", 1e6 / rate),
                "less than 100 microseconds",
                rate > 10_000);
        double signatures =
                Rate.of(1, 1, () -> SignedCheckpoint.verify(proof.checkpoint().note(), key));
        row(
                "checking a checkpoint's signature",
                text("%.0f microseconds", 1e6 / signatures),
                "once a checkpoint",
                true);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
