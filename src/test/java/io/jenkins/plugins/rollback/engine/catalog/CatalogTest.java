package io.jenkins.plugins.rollback.engine.catalog;

import static io.jenkins.plugins.rollback.engine.rollback.World.ALICE;
import static io.jenkins.plugins.rollback.engine.rollback.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import io.jenkins.plugins.rollback.engine.rollback.World;
import java.time.Instant;
import org.junit.Test;

public class CatalogTest {

    @Test
    public void listsReleasesNewestFirstAndKeepsTheFirstRetentionOfAVersion() throws Exception {
        World world = new World().retained("1").retained("2").retained("1");

        assertThat(world.catalog.releases("shop"))
                .extracting(release -> release.id().version())
                .containsExactly("2", "1");
        Release first = world.catalog.release(new ReleaseId("shop", "1")).orElseThrow();
        assertThat(first.entry()).isZero();
        assertThat(first.files()).isEqualTo(3);
        assertThat(first.bytes()).isEqualTo(4_096);
        assertThat(first.commit()).isEqualTo("c1");
        assertThat(world.catalog.releases("other")).isEmpty();
        assertThat(world.catalog.services()).containsExactly("shop");
    }

    @Test
    public void lastGoodIsTheNewestDeploymentThatPassed() throws Exception {
        World world = new World().good("dp-1", "1").good("dp-2", "2");

        assertThat(world.catalog.lastGood(SHOP, null).chosen())
                .map(Deployment::version)
                .contains("2");
        LastGood leavingTwo = world.catalog.lastGood(SHOP, "2");
        assertThat(leavingTwo.chosen()).map(Deployment::version).contains("1");
        assertThat(leavingTwo.explanation()).isEqualTo("last-good is 1; considered: 2 (it is the release to be left)");
    }

    @Test
    public void aFinishedRollbackIsADeploymentOfWhatItWentBackTo() throws Exception {
        World world = new World().good("dp-1", "1").goneBack("dp-2", "2", "rb-1", "1");

        Deployment now = world.catalog.deployed(SHOP).orElseThrow();
        assertThat(now.version()).isEqualTo("1");
        assertThat(now.id()).isEqualTo("rb-1");
        assertThat(now.commit()).isEqualTo("c1");
        assertThat(now.state()).isEqualTo(Deployment.State.SUCCEEDED);
        assertThat(world.ledger.entry(now.entry()).kind()).isEqualTo(EventKind.ROLLBACK_DONE);
        assertThat(world.catalog.deployment("dp-2"))
                .map(Deployment::rolledBackBy)
                .contains("rb-1");
        assertThat(world.catalog.deployments(SHOP)).extracting(Deployment::id).containsExactly("rb-1", "dp-2", "dp-1");
        assertThat(world.catalog.lastGood(SHOP, null).chosen())
                .map(Deployment::id)
                .contains("rb-1");
    }

    @Test
    public void aPersonsRollbackTakesBackTheNewestDeploymentOfTheVersionThatIsLeft() throws Exception {
        World world = new World()
                .good("dp-1", "1")
                .good("dp-2", "2")
                .good("dp-3", "1")
                .good("dp-4", "2");
        Lease lease = world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        world.rollbacks.requested("rb-1", SHOP, "2", "1", null, "button", null, ALICE, "INC-1");
        world.rollbacks.started("rb-1", null, ALICE);
        world.rollbacks.done("rb-1", ALICE);
        world.leases.release(lease);

        assertThat(world.catalog.deployment("dp-4"))
                .map(Deployment::rolledBackBy)
                .contains("rb-1");
        assertThat(world.catalog.deployment("dp-2").orElseThrow().rolledBackBy())
                .isNull();
        assertThat(world.catalog.deployed(SHOP)).map(Deployment::version).contains("1");
    }

    @Test
    public void everyDeploymentThatDoesNotCountHasItsWhy() throws Exception {
        World world = new World();
        Lease lease = world.open("dp-1", "1");
        world.deployments.succeeded("dp-1", ALICE);
        world.leases.release(lease);
        world.retained("2").retained("3").retained("4").retained("5");
        lease = world.open("dp-2", "2");
        world.gate("gt-2", "deployment", "dp-2", Verdict.FAIL);
        world.deployments.failed("dp-2", "gate", ALICE);
        world.leases.release(lease);
        lease = world.open("dp-3", "3");
        world.deployments.interrupted("dp-3", "abort", ALICE);
        world.leases.release(lease);
        lease = world.open("dp-4", "4");
        world.deployments.failed("dp-4", "body", ALICE);
        world.leases.release(lease);
        world.open("dp-5", "5");

        LastGood lastGood = world.catalog.lastGood(SHOP, null);

        assertThat(lastGood.chosen()).isEmpty();
        assertThat(lastGood.explanation())
                .isEqualTo("no last-good release; considered: 5 (it has not ended); 4 (it failed);"
                        + " 3 (it was interrupted); 2 (its gate failed); 1 (its release is not retained)");
    }

    @Test
    public void withoutAnyDeploymentItSaysSo() throws Exception {
        assertThat(new World().catalog.lastGood(SHOP, null).explanation())
                .isEqualTo("no last-good release: no deployment is recorded");
    }

    @Test
    public void aGateThatFailsAfterTheEndStillCounts() throws Exception {
        World world = new World().good("dp-1", "1").good("dp-2", "2");
        world.gate("gt-late", "deployment", "dp-2", Verdict.FAIL);

        assertThat(world.catalog.lastGood(SHOP, null).chosen())
                .map(Deployment::version)
                .contains("1");
    }

    @Test
    public void anInconclusiveGateIsNeitherPassedNorFailed() throws Exception {
        World world = new World().retained("1");
        world.open("dp-1", "1");
        world.gate("gt-1", "deployment", "dp-1", Verdict.INCONCLUSIVE)
                .gate("gt-2", "deployment", "dp-1", Verdict.ERROR)
                .gate("gt-3", "deployment", "dp-1", Verdict.PASS)
                .gate("gt-3", "deployment", "dp-1", Verdict.PASS);

        Deployment deployment = world.catalog.deployment("dp-1").orElseThrow();
        assertThat(deployment.gatesPassed()).isEqualTo(1);
        assertThat(deployment.gatesFailed()).isZero();
    }

    @Test
    public void aRollbackWhoseVerificationFailedIsDeployedButNotGood() throws Exception {
        World world = new World().good("dp-0", "0").good("dp-1", "1").good("dp-2", "2");
        Lease lease = world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        world.rollbacks.requested("rb-1", SHOP, "2", "1", "dp-2", "step", null, ALICE, null);
        world.rollbacks.started("rb-1", null, ALICE);
        world.gate("gt-v", "rollback", "rb-1", Verdict.FAIL);
        world.rollbacks.verified("rb-1", Verdict.FAIL, "still broken");
        world.rollbacks.done("rb-1", ALICE);
        world.leases.release(lease);

        assertThat(world.catalog.deployed(SHOP)).map(Deployment::id).contains("rb-1");
        assertThat(world.catalog.rollback("rb-1"))
                .map(RollbackInfo::verification)
                .contains(Verdict.FAIL);
        assertThat(world.catalog.lastGood(SHOP, null).explanation())
                .isEqualTo("last-good is 1; considered: 1 (its gate failed); 2 (it was rolled back by rb-1)");
    }

    @Test
    public void theTimelineHasTheLooksAndVotesOfARollback() throws Exception {
        World world = new World().good("dp-1", "1").goneBack("dp-2", "2", "rb-1", "1");

        assertThat(world.catalog.timeline("rb-1"))
                .extracting(Entry::kind)
                .containsExactly(
                        EventKind.ROLLBACK_REQUESTED,
                        EventKind.LEASE_TAKEN,
                        EventKind.ROLLBACK_STARTED,
                        EventKind.ROLLBACK_DONE,
                        EventKind.LEASE_RELEASED);
        assertThat(world.catalog.timeline("dp-2"))
                .extracting(Entry::kind)
                .startsWith(EventKind.LEASE_TAKEN, EventKind.DEPLOYMENT_STARTED, EventKind.GATE_STARTED)
                .contains(EventKind.GATE_LOOK, EventKind.GATE_VERDICT, EventKind.ROLLBACK_DONE);
    }

    @Test
    public void ignoresEntriesThatMakeNoSense() throws Exception {
        World world = new World().good("dp-1", "1");
        // not by append, which refuses them: a newer version may have recorded what this one does not understand
        for (EventKind kind : EventKind.values()) {
            world.catalog.apply(entry(Event.of(kind)));
            world.catalog.apply(entry(Event.of(kind)
                    .with("deployment", 7)
                    .with("rollback", true)
                    .with("gate", 1.5)
                    .with("approval", "ap-1")
                    .with("verdict", "MAYBE")));
            world.catalog.apply(
                    entry(Event.of(kind).target(SHOP).with("lease", "seven").with("purpose", "party")));
        }

        assertThat(world.catalog.deployed(SHOP)).map(Deployment::id).contains("dp-1");
        assertThat(world.catalog.lease(SHOP)).isEmpty();
        assertThat(world.catalog.rollbacks(SHOP)).isEmpty();
    }

    private static Entry entry(Event event) {
        return new Entry(
                999,
                Instant.EPOCH,
                event.kind(),
                event.service(),
                event.environment(),
                event.version(),
                "0".repeat(64),
                null,
                event.data());
    }

    @Test
    public void keepsTargetsApart() throws Exception {
        World world = new World().good("dp-1", "1");
        Target staging = new Target("shop", "staging");

        assertThat(world.catalog.deployed(staging)).isEmpty();
        assertThat(world.catalog.targets()).containsExactly(SHOP);
        assertThat(world.catalog.environments()).containsExactly("production");
    }

    @Test
    public void attachingTwiceIsHarmless() throws Exception {
        World world = new World().good("dp-1", "1");
        world.ledger.attach(world.catalog);
        world.good("dp-2", "2");

        assertThat(world.catalog.deployments(SHOP)).hasSize(2);
        assertThat(world.catalog.timeline("dp-2")).extracting(Entry::index).doesNotHaveDuplicates();
    }
}
