package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.LedgerReport;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rehearses the main job: retain, deploy, watch, go back, verify, prove. Ledger, vault, catalog, gate and runner are
 * those of a Jenkins; only the systems around them are started for the occasion, on the loopback interface, and ended
 * with the drill.
 */
public final class Drill {

    private Drill() {}

    /**
     * Runs a drill; takes 20 to 60 seconds.
     *
     * @param listener hears how it goes on
     * @throws IOException when a system could not be started (the message names it) or the engine failed
     * @throws InterruptedException when interrupted; everything that was started is ended
     */
    public static DrillReport run(DrillOptions options, DrillListener listener)
            throws IOException, InterruptedException {
        // the number tells whose it is, where one is left behind by kill -9
        Path work = Files.createTempDirectory(
                "rollback-drill-" + ProcessHandle.current().pid() + "-");
        // also when a person ends the process with Ctrl-C
        Thread hook = new Thread(() -> deleteAtLast(work), "delete " + work);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if ("root".equals(System.getProperty("user.name"))) {
                // systems that run as nobody must get at their own files; private ones below stay private
                Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return run(options, listener, work);
        } catch (ConditionFailedException e) {
            // the drill is alone with its ledger: nothing can be in its way
            throw new IOException("the engine refused: " + e.getMessage(), e);
        } finally {
            delete(work);
            removeHook(hook);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // shutting down: the hook runs anyway
        }
    }

    /** The systems end at the same time and may write until then. */
    private static void deleteAtLast(Path work) {
        for (int tries = 0; tries < 20 && Files.exists(work); tries++) {
            try {
                delete(work);
                Thread.sleep(50);
            } catch (IOException e) {
                continue; // a system was quicker; once more
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static DrillReport run(DrillOptions options, DrillListener listener, Path work)
            throws IOException, InterruptedException, ConditionFailedException {
        Clock clock = Clock.systemUTC();
        Diary diary = new Diary(clock, listener);
        Path folder = work.resolve("ledger");
        LedgerKeys keys = LedgerKeys.inFile(work.resolve("private").resolve("key"));
        Ledger ledger = FileLedger.open(folder, "drill.invalid/release-rollback/" + options.seed(), clock, keys);
        MainJob job;
        List<DrillReport.Sample> samples;
        String early;
        long entries;
        try (ledger;
                Sampler sampler = new Sampler(clock, diary.begin())) {
            Catalog catalog = new Catalog(ledger);
            ledger.attach(catalog);
            ledger.append(Event.of(EventKind.DRILL_RUN)
                    .actor(Actor.system("drill"))
                    .with("drill", options.scenario().id() + "-" + options.seed())
                    .with("scenario", options.scenario().id())
                    .with("seed", options.seed()));
            early = ledger.checkpoint().note();
            diary.progress(Phase.PREPARE, 0, Phase.PREPARE.meaning());
            try (Stage stage = new Stage(work, options)) {
                job = new MainJob(
                        options,
                        work,
                        stage,
                        ledger,
                        catalog,
                        FileVault.open(work.resolve("vault")),
                        sampler,
                        diary,
                        clock);
                job.run();
            }
            samples = sampler.samples();
            entries = ledger.size();
        }
        diary.progress(Phase.RECORD, 0.97, Phase.RECORD.meaning());
        LedgerReport verified = LedgerVerifier.verify(folder, early);
        boolean ok = verified.ok() && verified.entries() == entries;
        diary.reached(
                Phase.RECORD,
                ok
                        ? entries + " entries verified against the signed checkpoint, from the files alone"
                        : "the ledger does not verify: " + verified.problem());
        diary.progress(Phase.RECORD, 1, "done");
        String checkpoint =
                verified.checkpoint() == null ? "" : verified.checkpoint().note();
        return new DrillReport(
                options,
                diary.begin(),
                diary.seconds(),
                job.gate(),
                job.outcome(),
                job.verification(),
                new DrillReport.LedgerResult(ok, entries, checkpoint),
                diary.items(),
                diary.looks(),
                samples);
    }

    /** Best effort: what a system still writes while it dies may keep a folder in place. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (java.nio.file.DirectoryNotEmptyException | java.nio.file.NoSuchFileException e) {
            return;
        }
    }
}
