package io.jenkins.plugins.rollback.engine.rollback;

import static io.jenkins.plugins.rollback.engine.rollback.World.ALICE;
import static io.jenkins.plugins.rollback.engine.rollback.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import java.util.List;
import org.junit.Test;

public class LeasesTest {

    @Test
    public void thousandsOfTakesAtOnceGiveOneLeaseEachTime() throws Exception {
        World world = new World();
        for (int round = 0; round < 100; round++) {
            int number = round;
            List<Object> outcomes = AtOnce.run(
                    32,
                    i -> () -> world.leases.take(
                            SHOP,
                            (i % 2 == 0 ? "dp-" : "rb-") + number + "-" + i,
                            i % 2 == 0 ? Lease.Purpose.DEPLOYMENT : Lease.Purpose.ROLLBACK,
                            "shop#" + i));

            List<Lease> won = outcomes.stream()
                    .filter(Lease.class::isInstance)
                    .map(Lease.class::cast)
                    .toList();
            assertThat(won).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(ConditionFailedException.class::isInstance)
                    .hasSize(31);
            assertThat(world.catalog.lease(SHOP)).contains(won.get(0));
            world.leases.release(won.get(0));
        }
        assertThat(world.ledger.size()).isEqualTo(200);
    }

    @Test
    public void theSameHolderAskingManyTimesAtOnceGetsTheSameLease() throws Exception {
        World world = new World();

        List<Object> outcomes =
                AtOnce.run(32, i -> () -> world.leases.take(SHOP, "dp-1", Lease.Purpose.DEPLOYMENT, null));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isEqualTo(outcomes.get(0)));
        assertThat(outcomes.get(0)).isInstanceOf(Lease.class);
        assertThat(world.ledger.size()).isEqualTo(1);
    }

    @Test
    public void refusalNamesTheHolder() throws Exception {
        World world = new World();
        world.leases.take(SHOP, "dp-1", Lease.Purpose.DEPLOYMENT, "shop#7");

        assertThatThrownBy(() -> world.leases.take(SHOP, "dp-2", Lease.Purpose.DEPLOYMENT, "shop#8"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("shop in production is held by deployment dp-1 (shop#7)");
    }

    @Test
    public void aRequestedRollbackOutranksAWaitingDeployment() throws Exception {
        World world = new World().good("dp-1", "1").good("dp-2", "2");
        world.rollbacks.requested("rb-1", SHOP, "2", "1", null, "button", null, ALICE, "INC-1");

        assertThatThrownBy(() -> world.leases.take(SHOP, "dp-3", Lease.Purpose.DEPLOYMENT, null))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("rb-1");
        assertThat(world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null).holder())
                .isEqualTo("rb-1");
    }

    @Test
    public void aProposalAloneHoldsNobodyUp() throws Exception {
        World world = new World().good("dp-1", "1").good("dp-2", "2");
        world.rollbacks.proposed("rb-1", SHOP, "2", "1", "dp-2", "onFailure", null, ALICE, null);

        assertThat(world.leases.take(SHOP, "dp-3", Lease.Purpose.DEPLOYMENT, null))
                .isNotNull();
    }

    @Test
    public void handingOverFencesOffTheDeployment() throws Exception {
        World world = new World();
        Lease deployment = world.leases.take(SHOP, "dp-1", Lease.Purpose.DEPLOYMENT, "shop#1");

        Lease rollback = world.leases.handOver(deployment, "rb-1");

        assertThat(rollback.number()).isGreaterThan(deployment.number());
        assertThat(rollback.purpose()).isEqualTo(Lease.Purpose.ROLLBACK);
        assertThat(world.leases.isCurrent(deployment)).isFalse();
        assertThat(world.leases.isCurrent(rollback)).isTrue();
        world.leases.release(deployment);
        assertThat(world.catalog.lease(SHOP)).contains(rollback);
        assertThat(world.leases.handOver(deployment, "rb-1"))
                .as("again, by a resumed step")
                .isEqualTo(rollback);
        assertThatThrownBy(() -> world.leases.handOver(deployment, "rb-2"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("rb-1");
    }

    @Test
    public void aLeaseThatIsTakenOverFencesOffTheSameHolderElsewhere() throws Exception {
        World world = new World();
        Lease old = world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, "shop#1");

        Lease resumed = world.leases.takeOver(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);

        assertThat(world.leases.isCurrent(old)).isFalse();
        assertThat(world.leases.isCurrent(resumed)).isTrue();
        assertThat(resumed.number()).isGreaterThan(old.number());
    }

    @Test
    public void manyThatTakeOverAtOnceFenceEachOtherOffInOrder() throws Exception {
        World world = new World();
        for (int round = 0; round < 60; round++) {
            world.leases.takeOver(SHOP, "rb-old", Lease.Purpose.ROLLBACK, "shop#1");
            List<Object> outcomes = AtOnce.run(
                    16, i -> () -> world.leases.takeOver(SHOP, "rb-old", Lease.Purpose.ROLLBACK, "back#" + i));

            assertThat(outcomes.stream()
                            .filter(Lease.class::isInstance)
                            .filter(lease -> world.leases.isCurrent((Lease) lease)))
                    .hasSize(1);
        }
    }

    @Test
    public void aDeploymentCannotTakeOverFromARequestedRollback() throws Exception {
        World world = new World();
        world.rollbacks.requested("rb-1", SHOP, "2", "1", null, "button", null, ALICE, null);

        assertThatThrownBy(() -> world.leases.takeOver(SHOP, "dp-3", Lease.Purpose.DEPLOYMENT, null))
                .isInstanceOf(ConditionFailedException.class);
    }

    @Test
    public void releasingTwiceWritesOneEntry() throws Exception {
        World world = new World();
        Lease lease = world.leases.take(SHOP, "dp-1", Lease.Purpose.DEPLOYMENT, null);

        world.leases.release(lease);
        world.leases.release(lease);

        assertThat(world.ledger.size()).isEqualTo(2);
        assertThat(world.catalog.lease(SHOP)).isEmpty();
    }
}
