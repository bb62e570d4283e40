package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.retention.Holds;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.rollback.Deployments;
import io.jenkins.plugins.rollback.engine.rollback.Leases;
import io.jenkins.plugins.rollback.engine.rollback.Rollbacks;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import io.jenkins.plugins.rollback.engine.vault.LocalRetainer;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A vault, a ledger and everything that a sweep asks; releases hold one file with their name in it. */
final class Kept {

    static final Actor SWEEPER = Actor.system("retention");
    static final Actor ALICE = Actor.user("alice");
    static final Target PRODUCTION = new Target("shop", "production");
    static final Target STAGING = new Target("shop", "staging");

    final Ledger ledger;
    final Catalog catalog;
    final Holds holds = new Holds();
    final Vault vault;
    final Deployments deployments;
    final Rollbacks rollbacks;
    final Leases leases;
    final Pins pins;
    final Set<ReleaseId> wanted = new HashSet<>();
    final ReleaseSweep sweep;
    private final Path folder;
    private int number;

    /** @param clock of the ledger, by which releases are old or not; to the vault everything is old */
    Kept(Ledger ledger, Clock clock, Path folder) throws Exception {
        this(ledger, clock, Clock.offset(Clock.systemUTC(), Duration.ofDays(2)), folder);
    }

    /** @param spares of the vault, which spares for a day what was written, or retained once more */
    Kept(Ledger ledger, Clock clock, Clock spares, Path folder) throws Exception {
        this.ledger = ledger;
        this.folder = folder;
        catalog = new Catalog(ledger);
        ledger.attach(catalog);
        ledger.attach(holds);
        vault = FileVault.open(folder.resolve("vault"), spares);
        deployments = new Deployments(ledger, catalog);
        rollbacks = new Rollbacks(ledger, catalog);
        leases = new Leases(ledger, catalog);
        pins = new Pins(ledger, catalog);
        sweep = new ReleaseSweep(ledger, catalog, holds, vault, clock, () -> wanted);
    }

    static ReleaseId id(String version) {
        return new ReleaseId("shop", version);
    }

    /** Puts the bytes into the vault. */
    String store(ReleaseId id) throws Exception {
        Path files = Files.createDirectories(folder.resolve("ws").resolve(id.toString()));
        Files.writeString(files.resolve("app"), "the app " + id + "\n".repeat(1000));
        Files.writeString(files.resolve("common"), "what all releases share\n".repeat(100));
        return new LocalRetainer(vault).retain(id, files, "**", null).manifest().hash();
    }

    Kept retained(String version, String environment) throws Exception {
        ledger.append(Event.of(EventKind.RELEASE_RETAINED)
                .release(id(version))
                .environment(environment)
                .with("manifest", store(id(version)))
                .with("files", 2)
                .with("bytes", 4_096));
        return this;
    }

    Kept retained(String version) throws Exception {
        return retained(version, null);
    }

    Lease open(Target target, String deployment, String version) throws Exception {
        // an earlier life may have left its lease
        Lease lease = leases.takeOver(target, deployment, Lease.Purpose.DEPLOYMENT, "shop#1");
        deployments.started(deployment, target, version, null, "shop#1", "rollback", ALICE);
        return lease;
    }

    /** Retained unless it is, and deployed well. */
    Kept good(Target target, String... versions) throws Exception {
        for (String version : versions) {
            if (catalog.release(id(version)).isEmpty()) {
                retained(version);
            }
            String deployment = "dp-" + target.environment() + "-" + version + "-" + ++number;
            Lease lease = open(target, deployment, version);
            deployments.succeeded(deployment, ALICE);
            leases.release(lease);
        }
        return this;
    }

    Kept failed(Target target, String version) throws Exception {
        retained(version);
        String deployment = "dp-" + target.environment() + "-" + version + "-" + ++number;
        Lease lease = open(target, deployment, version);
        deployments.failed(deployment, "body", ALICE);
        leases.release(lease);
        return this;
    }
}
