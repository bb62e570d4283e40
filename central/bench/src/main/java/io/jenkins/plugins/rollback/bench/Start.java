package io.jenkins.plugins.rollback.bench;

import io.jenkins.plugins.rollback.engine.approval.Approvals;
import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import io.jenkins.plugins.rollback.engine.ledger.state.StateKeeper;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.trigger.Deliveries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a controller does with its ledger when it starts, in a process of its own with {@value #HEAP} MiB of heap. */
public final class Start {

    static final int HEAP = 256;

    private static final int PAGE = 50;
    private static final int ROUNDS = 20;

    private Start() {}

    /**
     * What was measured.
     *
     * @param seconds until ledger, catalog, approvals, alerts and search were there
     * @param heap in MiB, after all questions
     * @param search seconds of the slowest search, in the median of twenty rounds of them
     * @param keeping seconds that it took to keep the state
     */
    record Figures(double seconds, long heap, double search, double keeping) {

        static Figures parse(String line) {
            String[] parts = line.split(" ");
            return new Figures(
                    Double.parseDouble(parts[0]),
                    Long.parseLong(parts[1]),
                    Double.parseDouble(parts[2]),
                    Double.parseDouble(parts[3]));
        }

        String line() {
            return seconds + " " + heap + " " + search + " " + keeping;
        }
    }

    /**
     * Starts on a ledger and ends in order.
     *
     * @param what {@code catalog}: the ledger with its catalog; {@code all}: everything else too
     */
    static Figures inChild(Path ledger, String what) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Start.class.getName(),
                        ledger.toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(child.getInputStream().readAllBytes()).strip();
        if (child.waitFor() != 0) {
            throw new IllegalStateException("the start ended with " + child.exitValue() + ": " + out);
        }
        return Figures.parse(out);
    }

    /** Bytes of what was kept. */
    static long bytes(Path ledger) throws IOException {
        try (Stream<Path> files = Files.list(ledger.resolve("index"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** The child. Arguments: the ledger's folder, {@code catalog} or {@code all}. */
    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        long start = System.nanoTime();
        try (FileLedger ledger = LedgerBench.open(dir)) {
            Catalog catalog = new Catalog(ledger);
            LedgerIndex index = new LedgerIndex(ledger.people());
            StateKeeper states = new StateKeeper(
                    ledger,
                    dir.resolve("index"),
                    work -> {}, // kept at the end, to be measured
                    args[1].equals("catalog")
                            ? List.of(catalog)
                            : List.of(
                                    catalog,
                                    new Approvals(ledger, Clock.systemUTC()),
                                    new Deliveries(ledger, Clock.systemUTC()),
                                    index));
            states.attach();
            double seconds = since(start);
            ask(ledger, catalog);
            double[] searches = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                searches[round] = slowest(index, ledger.size());
            }
            Arrays.sort(searches);
            start = System.nanoTime();
            states.close();
            double keeping = since(start);
            System.out.println(new Figures(seconds, heap(), searches[ROUNDS / 2], keeping).line());
        }
    }

    /** Questions of pages and steps; what they answer must be right. */
    private static void ask(FileLedger ledger, Catalog catalog) throws IOException {
        long deployments = ledger.size() / 16;
        List<Entry> timeline = catalog.timeline("dp-" + deployments / 2);
        Target target = new Target("service-7", "production");
        long ofTarget = catalog.deployments(target).size();
        if (timeline.size() != 15
                || ofTarget < deployments / 50
                || catalog.lastGood(target, null).chosen().isEmpty()) {
            throw new IllegalStateException("the catalog is wrong: " + timeline + ", " + ofTarget);
        }
    }

    private static double slowest(LedgerIndex index, long entries) {
        long deployments = entries / 16;
        double slowest = 0;
        for (Query query : List.of(
                Query.all(),
                Query.all().service("service-7").kind("deployment"),
                Query.all().subject("dp-1"),
                Query.all().actor("alice").version("1.3"),
                Query.all().service("nothing-to-find"),
                Query.all().text("errors").service("service-40"),
                Query.all().text("INC-" + deployments / 20 * 10),
                Query.all().text("errors nowhere"))) {
            long start = System.nanoTime();
            index.search(query, PAGE);
            slowest = Math.max(slowest, since(start));
        }
        return slowest;
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() >> 20;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
