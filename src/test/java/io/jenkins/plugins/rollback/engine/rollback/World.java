package io.jenkins.plugins.rollback.engine.rollback;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;

/** A small world for tests: a ledger in memory, the catalog on it, and short words for what happens in it. */
public final class World {

    public static final Target SHOP = new Target("shop", "production");
    public static final Actor ALICE = Actor.user("alice");

    public final Ledger ledger;
    public final Catalog catalog;
    public final Leases leases;
    public final Deployments deployments;
    public final Rollbacks rollbacks;

    public World() throws Exception {
        this(new MemoryLedger());
    }

    public World(Ledger ledger) throws Exception {
        this.ledger = ledger;
        catalog = new Catalog(ledger);
        ledger.attach(catalog);
        leases = new Leases(ledger, catalog);
        deployments = new Deployments(ledger, catalog);
        rollbacks = new Rollbacks(ledger, catalog);
    }

    public World retained(String version) throws Exception {
        ledger.append(Event.of(EventKind.RELEASE_RETAINED)
                .release(new ReleaseId(SHOP.service(), version))
                .with("manifest", "0".repeat(64))
                .with("files", 3)
                .with("bytes", 4_096)
                .with("commit", "c" + version)
                .with("build", "shop#" + version));
        return this;
    }

    public Lease open(String deployment, String version) throws Exception {
        Lease lease = leases.take(SHOP, deployment, Lease.Purpose.DEPLOYMENT, "shop#1");
        deployments.started(deployment, SHOP, version, "c" + version, "shop#1", "rollback", ALICE);
        return lease;
    }

    /** Retained, deployed, gate passed, lease given back. */
    public World good(String deployment, String version) throws Exception {
        retained(version);
        Lease lease = open(deployment, version);
        gate("gt-" + deployment, "deployment", deployment, Verdict.PASS);
        deployments.succeeded(deployment, ALICE);
        leases.release(lease);
        return this;
    }

    public World gate(String gate, String ownerKey, String owner, Verdict verdict) throws Exception {
        ledger.append(
                Event.of(EventKind.GATE_STARTED).target(SHOP).with("gate", gate).with(ownerKey, owner));
        ledger.append(
                Event.of(EventKind.GATE_LOOK).target(SHOP).with("gate", gate).with("look", 1));
        ledger.append(Event.of(EventKind.GATE_VERDICT)
                .target(SHOP)
                .with("gate", gate)
                .with("look", 1)
                .with("verdict", verdict.name())
                .with("summary", "errors")
                .with(ownerKey, owner));
        return this;
    }

    /** A deployment fails its gate and goes back by itself to {@code to}. */
    public World goneBack(String deployment, String version, String rollback, String to) throws Exception {
        retained(version);
        Lease lease = open(deployment, version);
        gate("gt-" + deployment, "deployment", deployment, Verdict.FAIL);
        deployments.failed(deployment, "gate", ALICE);
        rollbacks.requested(
                rollback, SHOP, version, to, deployment, "onFailure", "shop#1", Actor.system("onFailure"), null);
        Lease back = leases.handOver(lease, rollback);
        rollbacks.started(rollback, "shop#1", Actor.system("onFailure"));
        rollbacks.done(rollback, Actor.system("onFailure"));
        leases.release(back);
        return this;
    }
}
