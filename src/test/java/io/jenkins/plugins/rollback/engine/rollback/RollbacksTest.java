package io.jenkins.plugins.rollback.engine.rollback;

import static io.jenkins.plugins.rollback.engine.rollback.World.ALICE;
import static io.jenkins.plugins.rollback.engine.rollback.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.List;
import org.junit.Test;

public class RollbacksTest {

    private static Entry ask(World world, String id, String to) throws Exception {
        return world.rollbacks.requested(id, SHOP, "2", to, null, "button", "shop#2", ALICE, "INC-1");
    }

    @Test
    public void goesThroughItsStates() throws Exception {
        World world = new World();
        world.rollbacks.proposed("rb-1", SHOP, "2", "1", "dp-2", "onFailure", "shop#2", ALICE, null);
        assertThat(state(world)).isEqualTo(RollbackInfo.State.PROPOSED);
        ask(world, "rb-1", "1");
        assertThat(state(world)).isEqualTo(RollbackInfo.State.REQUESTED);
        world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        world.rollbacks.started("rb-1", "back#1", ALICE);
        assertThat(state(world)).isEqualTo(RollbackInfo.State.STARTED);
        world.rollbacks.verified("rb-1", Verdict.PASS, "healthy");
        world.rollbacks.done("rb-1", ALICE);

        RollbackInfo done = world.catalog.rollback("rb-1").orElseThrow();
        assertThat(done.state()).isEqualTo(RollbackInfo.State.DONE);
        assertThat(done.verification()).isEqualTo(Verdict.PASS);
        assertThat(done.build()).isEqualTo("back#1");
        assertThat(done.deployment()).isEqualTo("dp-2");
        assertThat(done.entry()).isZero();
        assertThat(world.catalog.openRollbacks()).isEmpty();
    }

    private static RollbackInfo.State state(World world) {
        return world.catalog.rollback("rb-1").orElseThrow().state();
    }

    @Test
    public void sayingItAgainReturnsTheFirstEntry() throws Exception {
        World world = new World();
        Entry requested = ask(world, "rb-1", "1");
        assertThat(ask(world, "rb-1", "1")).isEqualTo(requested);
        world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        Entry started = world.rollbacks.started("rb-1", null, ALICE);
        assertThat(world.rollbacks.started("rb-1", null, ALICE)).isEqualTo(started);
        Entry verified = world.rollbacks.verified("rb-1", Verdict.PASS, "healthy");
        assertThat(world.rollbacks.verified("rb-1", Verdict.PASS, "healthy")).isEqualTo(verified);
        Entry done = world.rollbacks.done("rb-1", ALICE);
        assertThat(world.rollbacks.done("rb-1", ALICE)).isEqualTo(done);
        assertThat(ask(world, "rb-1", "1")).isEqualTo(requested);
        assertThat(world.ledger.size()).isEqualTo(5);
    }

    @Test
    public void anIdStandsForOneWayBack() throws Exception {
        World world = new World();
        world.rollbacks.proposed("rb-1", SHOP, "2", "1", null, "button", null, ALICE, null);

        assertThatThrownBy(() -> ask(world, "rb-1", "0"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("goes back to 1");
    }

    @Test
    public void doesNotStartWithoutTheLease() throws Exception {
        World world = new World();
        ask(world, "rb-1", "1");
        world.leases.take(SHOP, "rb-2", Lease.Purpose.ROLLBACK, null);

        assertThatThrownBy(() -> world.rollbacks.started("rb-1", null, ALICE))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("does not hold the lease");
    }

    @Test
    public void isNotDoneBeforeItStarted() throws Exception {
        World world = new World();
        ask(world, "rb-1", "1");

        assertThatThrownBy(() -> world.rollbacks.done("rb-1", ALICE))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("is requested");
        assertThatThrownBy(() -> world.rollbacks.verified("rb-1", Verdict.PASS, ""))
                .isInstanceOf(ConditionFailedException.class);
    }

    @Test
    public void anotherVerdictIsNotTheSameVerification() throws Exception {
        World world = new World();
        ask(world, "rb-1", "1");
        world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        world.rollbacks.started("rb-1", null, ALICE);
        world.rollbacks.verified("rb-1", Verdict.FAIL, "still broken");

        assertThatThrownBy(() -> world.rollbacks.verified("rb-1", Verdict.PASS, "healthy"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("FAIL");
    }

    @Test
    public void cannotBeCancelledOnceStarted() throws Exception {
        World world = new World();
        ask(world, "rb-1", "1");
        world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        world.rollbacks.started("rb-1", null, ALICE);

        assertThatThrownBy(() -> world.rollbacks.cancelled("rb-1", "rejected", ALICE, "no"))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("is started");
    }

    @Test
    public void startingAndCancellingAtOnceLeavesOneOfThem() throws Exception {
        for (int round = 0; round < 60; round++) {
            World world = new World();
            ask(world, "rb-1", "1");
            world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);

            List<Object> outcomes = AtOnce.run(
                    16,
                    i -> () -> i % 2 == 0
                            ? world.rollbacks.started("rb-1", null, ALICE)
                            : world.rollbacks.cancelled("rb-1", "rejected", ALICE, "no"));

            assertThat(outcomes.stream().filter(Entry.class::isInstance).distinct())
                    .hasSize(1);
            assertThat(world.ledger.size()).isEqualTo(3);
        }
    }
}
