package io.jenkins.plugins.rollback.engine.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.ConditionFailedException;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.Test;

/** Whatever is called in whatever order: the rules hold in the entries themselves, and replay equals live. */
public class RandomCallsTest {

    private static final List<Target> TARGETS = List.of(World.SHOP, new Target("shop", "staging"));

    @Test
    public void anyOrderOfCallsKeepsTheRules() throws Exception {
        for (int seed = 0; seed < 150; seed++) {
            World world = new World().retained("1").retained("2").retained("3");
            Random random = new Random(seed);
            List<Lease> held = new ArrayList<>();
            for (int call = 0; call < 200; call++) {
                try {
                    act(world, random, held);
                } catch (ConditionFailedException | IllegalStateException refused) {
                    assertThat(refused).hasMessageNotContaining("null");
                }
            }
            List<Entry> entries = world.ledger.entries(0, world.ledger.size());
            assertOneLeaseEach(seed, entries);
            assertOneEndEach(seed, entries);
            assertSame(seed, world.catalog, replayed(world.ledger));
        }
    }

    private static void act(World world, Random random, List<Lease> held) throws Exception {
        Target target = TARGETS.get(random.nextInt(TARGETS.size()));
        String deployment = "dp-" + random.nextInt(6);
        String rollback = "rb-" + random.nextInt(6);
        String version = String.valueOf(1 + random.nextInt(3));
        String to = String.valueOf(1 + random.nextInt(3));
        Lease lease = held.isEmpty() ? null : held.get(random.nextInt(held.size()));
        switch (random.nextInt(16)) {
            case 0, 1 -> held.add(world.leases.take(target, deployment, Lease.Purpose.DEPLOYMENT, null));
            case 2, 3 -> held.add(world.leases.take(target, rollback, Lease.Purpose.ROLLBACK, null));
            case 4 -> held.add(world.leases.takeOver(target, rollback, Lease.Purpose.ROLLBACK, null));
            case 5 -> {
                if (lease != null) {
                    held.add(world.leases.handOver(lease, rollback));
                }
            }
            case 6 -> {
                if (lease != null) {
                    world.leases.release(lease);
                }
            }
            case 7 -> world.deployments.started(deployment, target, version, null, null, "none", World.ALICE);
            case 8 -> world.deployments.succeeded(deployment, World.ALICE);
            case 9 -> world.deployments.failed(deployment, "body", World.ALICE);
            case 10 -> world.deployments.interrupted(deployment, "abort", World.ALICE);
            case 11 -> world.rollbacks.requested(rollback, target, version, to, null, "step", null, World.ALICE, null);
            case 12 -> world.rollbacks.started(rollback, null, World.ALICE);
            case 13 -> world.rollbacks.done(rollback, World.ALICE);
            case 14 -> world.rollbacks.cancelled(rollback, "changed mind", World.ALICE, null);
            default -> world.gate(
                    "gt-" + random.nextInt(9),
                    "deployment",
                    deployment,
                    Verdict.values()[random.nextInt(Verdict.values().length)]);
        }
    }

    /** Follows leases by the entries alone: one that says it replaces nothing must have found nobody there. */
    private static void assertOneLeaseEach(int seed, List<Entry> entries) {
        Map<Target, Long> current = new HashMap<>();
        for (Entry entry : entries) {
            Target target = entry.target().orElse(null);
            if (entry.kind() == EventKind.LEASE_TAKEN) {
                Long replaced = entry.data().has("replaced")
                        ? entry.data().get("replaced").asLong()
                        : null;
                assertThat(current.put(target, entry.index()))
                        .as("seed %d, entry %d", seed, entry.index())
                        .isEqualTo(replaced);
            } else if (entry.kind() == EventKind.LEASE_RELEASED) {
                assertThat(current.remove(target))
                        .as("seed %d, entry %d", seed, entry.index())
                        .isEqualTo(entry.data().get("lease").asLong());
            }
        }
    }

    private static void assertOneEndEach(int seed, List<Entry> entries) {
        Set<String> ended = new HashSet<>();
        Set<String> started = new HashSet<>();
        for (Entry entry : entries) {
            switch (entry.kind()) {
                case DEPLOYMENT_STARTED -> assertThat(started.add(entry.text("deployment")))
                        .isTrue();
                case ROLLBACK_STARTED -> assertThat(started.add(entry.text("rollback")))
                        .isTrue();
                case DEPLOYMENT_SUCCEEDED, DEPLOYMENT_FAILED, DEPLOYMENT_INTERRUPTED -> assertThat(
                                ended.add(entry.text("deployment")))
                        .as("seed %d: one end of %s", seed, entry.text("deployment"))
                        .isTrue();
                case ROLLBACK_DONE, ROLLBACK_FAILED, ROLLBACK_CANCELLED -> {
                    assertThat(ended.add(entry.text("rollback")))
                            .as("seed %d", seed)
                            .isTrue();
                    assertThat(started.contains(entry.text("rollback")))
                            .isEqualTo(entry.kind() != EventKind.ROLLBACK_CANCELLED);
                }
                default -> {}
            }
        }
    }

    private static Catalog replayed(Ledger ledger) throws Exception {
        Catalog fresh = new Catalog(ledger);
        ledger.attach(fresh);
        return fresh;
    }

    private static void assertSame(int seed, Catalog live, Catalog replayed) {
        assertThat(replayed.targets()).as("seed %d", seed).isEqualTo(live.targets());
        assertThat(replayed.openDeployments()).isEqualTo(live.openDeployments());
        assertThat(replayed.openRollbacks()).isEqualTo(live.openRollbacks());
        for (Target target : TARGETS) {
            assertThat(replayed.deployments(target)).isEqualTo(live.deployments(target));
            assertThat(replayed.rollbacks(target)).isEqualTo(live.rollbacks(target));
            assertThat(replayed.lease(target)).isEqualTo(live.lease(target));
            assertThat(replayed.lastGood(target, "2")).isEqualTo(live.lastGood(target, "2"));
        }
        for (int i = 0; i < 6; i++) {
            assertThat(replayed.timeline("dp-" + i)).isEqualTo(live.timeline("dp-" + i));
        }
    }
}
