package io.jenkins.plugins.rollback.engine.rollback;

import static io.jenkins.plugins.rollback.engine.rollback.World.ALICE;
import static io.jenkins.plugins.rollback.engine.rollback.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.List;
import org.junit.Test;

public class DeploymentsTest {

    @Test
    public void sayingItAgainReturnsTheFirstEntry() throws Exception {
        World world = new World();
        world.open("dp-1", "1");
        Entry started = world.deployments.started("dp-1", SHOP, "1", null, null, "none", ALICE);
        Entry ended = world.deployments.failed("dp-1", "body", ALICE);

        assertThat(started.index()).isEqualTo(1);
        assertThat(world.deployments.started("dp-1", SHOP, "1", null, null, "none", ALICE))
                .isEqualTo(started);
        assertThat(world.deployments.failed("dp-1", "another word", ALICE)).isEqualTo(ended);
        assertThat(world.ledger.size()).isEqualTo(3);
    }

    @Test
    public void endsOnlyOneWay() throws Exception {
        World world = new World();
        world.open("dp-1", "1");
        world.deployments.interrupted("dp-1", "abort", ALICE);

        assertThatThrownBy(() -> world.deployments.succeeded("dp-1", ALICE))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("deployment dp-1 has already ended: interrupted");
    }

    @Test
    public void aFailedGateForbidsSuccess() throws Exception {
        World world = new World();
        world.open("dp-1", "1");
        world.gate("gt-1", "deployment", "dp-1", Verdict.FAIL);

        assertThatThrownBy(() -> world.deployments.succeeded("dp-1", ALICE))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessageContaining("1 of its gates failed");
        assertThat(world.catalog.deployment("dp-1")).map(Deployment::state).contains(Deployment.State.OPEN);
    }

    @Test
    public void needsTheLease() throws Exception {
        World world = new World();

        assertThatThrownBy(() -> world.deployments.started("dp-1", SHOP, "1", null, null, "none", ALICE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("deployment dp-1 cannot start: it does not hold the lease of shop in production");
        assertThat(world.ledger.size()).isZero();
    }

    @Test
    public void anIdStandsForOneDeployment() throws Exception {
        World world = new World();
        world.open("dp-1", "1");

        assertThatThrownBy(() -> world.deployments.started("dp-1", SHOP, "2", null, null, "none", ALICE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void unknownIdIsSaid() throws Exception {
        World world = new World();

        assertThatThrownBy(() -> world.deployments.failed("dp-9", "body", ALICE))
                .isInstanceOf(ConditionFailedException.class)
                .hasMessage("deployment dp-9 is not known");
    }

    @Test
    public void manyEndsAtOnceLeaveOne() throws Exception {
        World world = new World();
        for (int round = 0; round < 60; round++) {
            String id = "dp-" + round;
            var lease = world.open(id, "1");
            List<Object> outcomes = AtOnce.run(24, i -> () -> switch (i % 3) {
                case 0 -> world.deployments.succeeded(id, ALICE);
                case 1 -> world.deployments.failed(id, "body", ALICE);
                default -> world.deployments.interrupted(id, "abort", ALICE);
            });

            List<Object> entries =
                    outcomes.stream().filter(Entry.class::isInstance).toList();
            assertThat(entries).hasSize(8).allMatch(entry -> entry.equals(entries.get(0)));
            world.leases.release(lease);
        }
    }
}
