package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.LastGood;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.drill.DrillReport.RollbackOutcome;
import io.jenkins.plugins.rollback.engine.drill.Splitter.Slot;
import io.jenkins.plugins.rollback.engine.gate.Analysis;
import io.jenkins.plugins.rollback.engine.gate.AnalysisException;
import io.jenkins.plugins.rollback.engine.gate.GateStatus;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Ids;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import io.jenkins.plugins.rollback.engine.rollback.Deployments;
import io.jenkins.plugins.rollback.engine.rollback.Leases;
import io.jenkins.plugins.rollback.engine.rollback.RollbackRunner;
import io.jenkins.plugins.rollback.engine.rollback.Rollbacks;
import io.jenkins.plugins.rollback.engine.rollback.RunOutcome;
import io.jenkins.plugins.rollback.engine.vault.LocalRetainer;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;

/** The main job itself: two versions are retained and deployed, and the second goes back if its gate fails. */
final class MainJob {

    static final Target TARGET = new Target("demo", "drill");

    private static final String FIRST = "1.0.0";
    private static final String SECOND = "2.0.0";
    private static final int FIRST_SHARE = 50;
    private static final int CANARY_SHARE = 10;
    private static final Actor ACTOR = Actor.system("drill");

    private final DrillOptions options;
    private final Path work;
    private final Stage stage;
    private final Ledger ledger;
    private final Catalog catalog;
    private final Vault vault;
    private final Sampler sampler;
    private final Diary diary;
    private final Leases leases;
    private final Deployments deployments;
    private final Rollbacks rollbacks;
    private final DrillGate gates;
    private final Ids ids;
    private final Random random;
    private GateStatus lastGate;
    private RollbackOutcome outcome = RollbackOutcome.NONE;
    private Verdict verification;

    MainJob(
            DrillOptions options,
            Path work,
            Stage stage,
            Ledger ledger,
            Catalog catalog,
            Vault vault,
            Sampler sampler,
            Diary diary,
            Clock clock) {
        this.options = options;
        this.work = work;
        this.stage = stage;
        this.ledger = ledger;
        this.catalog = catalog;
        this.vault = vault;
        this.sampler = sampler;
        this.diary = diary;
        leases = new Leases(ledger, catalog);
        deployments = new Deployments(ledger, catalog);
        rollbacks = new Rollbacks(ledger, catalog);
        gates = new DrillGate(ledger, clock, diary, TARGET);
        random = new Random(options.seed());
        ids = new Ids(random);
    }

    void run() throws IOException, InterruptedException, ConditionFailedException {
        Analysis analysis = analysis();
        Path before = work.resolve("build").resolve("before");
        DemoRelease.healthy("0.9.0").build(before);
        stage.place(Slot.BASELINE, stage.start("before", before));
        stage.splitter().canaryShare(0);
        stage.open();
        sampler.watch(stage);
        diary.reached(Phase.PREPARE, "the service runs, users come, " + systems());

        Path first = retain(DemoRelease.healthy(FIRST), 0.1);
        lastGate = deploy(FIRST, first, FIRST_SHARE, analysis, 0.15, 0.4);
        if (lastGate.decided() != Verdict.PASS) {
            return; // the machine is too busy to tell a healthy version: there is nothing to rehearse with
        }
        DemoRelease second = options.scenario() == Scenario.BAD_CANARY
                ? new DemoRelease(SECOND, 0.25 + 0.15 * random.nextDouble(), 0.3 + 0.2 * random.nextDouble())
                : DemoRelease.healthy(SECOND);
        Path folder = retain(second, 0.42);
        lastGate = deploy(SECOND, folder, CANARY_SHARE, analysis, 0.45, 0.7);
    }

    private String systems() {
        return (options.with().contains(DrillOptions.HAPROXY) ? "a HAProxy" : "a splitter")
                + " shares them out, "
                + (stage.prometheus() == null ? "metrics are scraped directly" : "a Prometheus collects metrics");
    }

    private Path retain(DemoRelease release, double share) throws IOException {
        diary.progress(Phase.RETAIN, share, "version " + release.version());
        Path folder = work.resolve("build").resolve(release.version());
        release.build(folder);
        ReleaseId id = new ReleaseId(TARGET.service(), release.version());
        Manifest manifest =
                new LocalRetainer(vault).retain(id, folder, "**", null).manifest();
        ledger.append(Event.of(EventKind.RELEASE_RETAINED)
                .release(id)
                .environment(TARGET.environment())
                .actor(ACTOR)
                .with("manifest", manifest.hash())
                .with("files", manifest.files().size())
                .with("bytes", manifest.bytes()));
        diary.reached(
                Phase.RETAIN,
                "version " + release.version() + " is in the vault: "
                        + manifest.files().size() + " files, " + manifest.bytes() + " bytes");
        return folder;
    }

    private GateStatus deploy(String version, Path folder, int percent, Analysis analysis, double from, double to)
            throws IOException, InterruptedException, ConditionFailedException {
        String id = ids.next(Ids.DEPLOYMENT);
        Lease lease = leases.take(TARGET, id, Lease.Purpose.DEPLOYMENT, null);
        deployments.started(id, TARGET, version, null, null, "rollback", ACTOR);
        diary.progress(Phase.DEPLOY, from, "version " + version);
        stage.place(Slot.CANARY, stage.start("version-" + version, folder));
        stage.splitter().canaryShare(percent);
        diary.reached(Phase.DEPLOY, "version " + version + " gets " + percent + " % of the traffic");
        GateStatus status = watch("version " + version, "deployment", id, version, Phase.GATE, analysis, from, to);
        if (status.decided() == Verdict.FAIL) {
            deployments.failed(id, "gate", ACTOR);
            goBack(id, version, lease, analysis);
        } else if (status.decided() == Verdict.PASS) {
            promote();
            deployments.succeeded(id, ACTOR);
            diary.reached(Phase.DEPLOY, "version " + version + " gets all traffic");
            leases.release(lease);
        } else {
            // no verdict to act on: a person would decide now, and a drill has none
            stage.splitter().canaryShare(0);
            deployments.interrupted(id, "gate " + status.decided(), ACTOR);
            leases.release(lease);
        }
        return status;
    }

    private void promote() throws IOException, InterruptedException {
        DemoInstance old = stage.promote();
        sampler.watch(stage);
        stage.stop(old);
    }

    private GateStatus watch(
            String title,
            String key,
            String owner,
            String version,
            Phase phase,
            Analysis analysis,
            double from,
            double to)
            throws IOException, InterruptedException {
        sampler.watch(stage);
        return gates.run(
                new DrillGate.Subject(ids.next(Ids.GATE), title, key, owner, version, phase, from, to),
                analysis,
                DrillMetrics.of(stage));
    }

    private void goBack(String failed, String from, Lease held, Analysis analysis)
            throws IOException, InterruptedException, ConditionFailedException {
        LastGood lastGood = catalog.lastGood(TARGET, from);
        Deployment good = lastGood.chosen().orElseThrow(() -> new ConditionFailedException(lastGood.explanation()));
        String id = ids.next(Ids.ROLLBACK);
        rollbacks.requested(id, TARGET, from, good.version(), failed, "onFailure", null, ACTOR, null);
        Lease lease = leases.handOver(held, id);
        rollbacks.started(id, null, ACTOR);
        diary.progress(Phase.ISOLATE, 0.7, "going back to version " + good.version());
        DemoInstance bad = stage.at(Slot.CANARY);
        Manifest manifest = vault.manifest(good.release())
                .orElseThrow(() -> new IOException("release " + good.release() + " is not in the vault"));
        WayBack way =
                new WayBack(stage, vault, manifest, work.resolve("restored").resolve(good.version()));
        RunOutcome run = new RollbackRunner(ledger, catalog)
                .run(id, lease, new Announced(way.actions(), diary).actions(), ACTOR);
        if (run.end() != RunOutcome.End.DONE) {
            rollbacks.failed(id, "action " + run.action(), ACTOR);
            outcome = RollbackOutcome.FAILED;
            diary.reached(Phase.REVERT, "going back ended at " + run.action() + ": " + run.why());
            leases.release(lease);
            return;
        }
        sampler.watch(stage);
        stage.stop(bad);
        GateStatus status = watch("going back", "rollback", id, good.version(), Phase.VERIFY, analysis, 0.75, 0.95);
        verification = status.decided();
        rollbacks.verified(id, verification, status.summary());
        if (verification == Verdict.FAIL) {
            rollbacks.failed(id, "verification", ACTOR);
            outcome = RollbackOutcome.FAILED;
        } else {
            promote();
            rollbacks.done(id, ACTOR);
            outcome = RollbackOutcome.DONE;
            diary.reached(Phase.REVERT, "version " + good.version() + " gets all traffic again");
        }
        leases.release(lease);
    }

    private static Analysis analysis() throws IOException {
        try (InputStream in = MainJob.class.getResourceAsStream("canary.yaml")) {
            return Analysis.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "canary.yaml");
        } catch (AnalysisException e) {
            throw new IOException("the drill's own analysis is broken: " + e.getMessage(), e);
        }
    }

    DrillReport.GateResult gate() {
        return new DrillReport.GateResult(lastGate.decided(), lastGate.summary(), lastGate.look());
    }

    RollbackOutcome outcome() {
        return outcome;
    }

    /** Or {@code null} when nothing went back. */
    Verdict verification() {
        return verification;
    }
}
