package io.jenkins.plugins.rollback.engine.rollback;

import static io.jenkins.plugins.rollback.engine.rollback.World.ALICE;
import static io.jenkins.plugins.rollback.engine.rollback.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.action.Probe;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RollbackRunnerTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static Lease started(World world) throws Exception {
        world.rollbacks.requested("rb-1", SHOP, "2", "1", null, "step", null, ALICE, null);
        Lease lease = world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        world.rollbacks.started("rb-1", null, ALICE);
        return lease;
    }

    private static List<CountedAction> three(Path system) {
        List<CountedAction> actions = new ArrayList<>();
        for (String id : List.of("drain", "switch", "purge")) {
            actions.add(new CountedAction(id, system));
        }
        return actions;
    }

    private static List<EventKind> notes(World world) {
        return world.catalog.timeline("rb-1").stream()
                .map(Entry::kind)
                .filter(kind -> kind.wire().startsWith("action."))
                .toList();
    }

    private static RunOutcome run(World world, Lease lease, List<? extends Action> actions) throws Exception {
        return new RollbackRunner(world.ledger, world.catalog).run("rb-1", lease, List.copyOf(actions), ALICE);
    }

    @Test
    public void notesIntentAndOutcomeOfEachActionInOrder() throws Exception {
        World world = new World();
        List<CountedAction> actions = three(folder.getRoot().toPath());

        RunOutcome outcome = run(world, started(world), actions);

        assertThat(outcome).isEqualTo(RunOutcome.done());
        assertThat(notes(world))
                .containsExactly(
                        EventKind.ACTION_STARTED, EventKind.ACTION_DONE,
                        EventKind.ACTION_STARTED, EventKind.ACTION_DONE,
                        EventKind.ACTION_STARTED, EventKind.ACTION_DONE);
        for (CountedAction action : actions) {
            assertThat(action.effects()).isEqualTo(1);
        }
    }

    @Test
    public void aCrashAtAnyNoteIsResumedWithoutASecondEffect() throws Exception {
        List<EventKind> wanted = null;
        for (int note = 0; note < 6; note++) {
            for (boolean after : new boolean[] {false, true}) {
                Path system = folder.newFolder().toPath();
                MemoryLedger ledger = new MemoryLedger();
                World world = new World(ledger);
                Lease lease = started(world);
                World crashing = new World(CrashingLedger.throwing(ledger, note, after));

                assertThatThrownBy(() -> run(crashing, lease, three(system))).isInstanceOf(CrashingLedger.Crash.class);

                World resumed = new World(ledger);
                Lease taken = resumed.leases.takeOver(SHOP, "rb-1", Lease.Purpose.ROLLBACK, "elsewhere#1");
                assertThat(run(resumed, lease, three(system)).end())
                        .as("the old holder")
                        .isEqualTo(note == 5 && after ? RunOutcome.End.DONE : RunOutcome.End.FENCED_OFF);
                assertThat(run(resumed, taken, three(system))).isEqualTo(RunOutcome.done());
                for (CountedAction action : three(system)) {
                    assertThat(action.effects())
                            .as("%s, note %d, after %s", action.id(), note, after)
                            .isEqualTo(1);
                }
                assertThat(Collections.frequency(notes(resumed), EventKind.ACTION_DONE))
                        .isEqualTo(3);
                wanted = wanted == null ? notes(resumed) : wanted;
                assertThat(notes(resumed)).isEqualTo(wanted);
            }
        }
    }

    @Test
    public void whatHoldsAlreadyIsNotDoneAgain() throws Exception {
        World world = new World();
        List<CountedAction> actions = three(folder.getRoot().toPath());
        actions.get(1).execute();

        run(world, started(world), actions);

        assertThat(actions.get(1).effects()).isEqualTo(1);
        assertThat(world.catalog.timeline("rb-1"))
                .filteredOn(entry -> entry.data().path("found").asBoolean())
                .extracting(entry -> entry.text("action"))
                .containsExactly("switch");
    }

    @Test
    public void stopsAtTheActionThatFailsAndTriesItAgainWhenAsked() throws Exception {
        World world = new World();
        Path system = folder.getRoot().toPath();
        boolean[] broken = {true};
        CountedAction sick = new CountedAction("switch", system) {
            @Override
            public void execute() throws IOException {
                if (broken[0]) {
                    throw new IOException("no route to the balancer");
                }
                super.execute();
            }
        };
        List<CountedAction> actions =
                List.of(new CountedAction("drain", system), sick, new CountedAction("purge", system));
        Lease lease = started(world);

        assertThat(run(world, lease, actions))
                .isEqualTo(new RunOutcome(RunOutcome.End.FAILED, "switch", "no route to the balancer"));
        assertThat(actions.get(2).effects()).isZero();
        broken[0] = false;
        assertThat(run(world, lease, actions)).isEqualTo(RunOutcome.done());
        assertThat(actions.get(0).effects()).isEqualTo(1);
        assertThat(notes(world)).contains(EventKind.ACTION_FAILED);
    }

    @Test
    public void whatWasBegunAndCannotBeToldIsLeftToAPerson() throws Exception {
        Path system = folder.getRoot().toPath();
        CountedAction mute = new CountedAction("switch", system) {
            @Override
            public Probe probe() throws IOException {
                throw new IOException("the agent is gone");
            }
        };
        MemoryLedger ledger = new MemoryLedger();
        World world = new World(ledger);
        Lease lease = started(world);
        assertThatThrownBy(() -> run(new World(CrashingLedger.throwing(ledger, 1, false)), lease, List.of(mute)))
                .isInstanceOf(CrashingLedger.Crash.class);

        RunOutcome outcome = run(world, lease, List.of(mute));

        assertThat(outcome.end()).isEqualTo(RunOutcome.End.UNKNOWN);
        assertThat(outcome.why()).contains("cannot be told");
        assertThat(mute.effects()).isEqualTo(1);
    }

    @Test
    public void stopsBeforeTheNextActionWhenTheLeaseIsTaken() throws Exception {
        World world = new World();
        Path system = folder.getRoot().toPath();
        CountedAction taking = new CountedAction("drain", system) {
            @Override
            public void execute() throws IOException {
                super.execute();
                try {
                    world.leases.takeOver(SHOP, "rb-1", Lease.Purpose.ROLLBACK, "elsewhere#1");
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        };
        CountedAction next = new CountedAction("switch", system);

        RunOutcome outcome = run(world, started(world), List.of(taking, next));

        assertThat(outcome.end()).isEqualTo(RunOutcome.End.FENCED_OFF);
        assertThat(outcome.why()).contains("not current any more");
        assertThat(next.effects()).isZero();
    }

    @Test
    public void takesBackInReverseOnlyWhatWasBegun() throws Exception {
        World world = new World();
        List<String> undone = new ArrayList<>();
        List<Action> actions = new ArrayList<>();
        for (String id : List.of("drain", "switch", "purge")) {
            actions.add(new CountedAction(id, folder.getRoot().toPath()) {
                @Override
                public void execute() throws IOException {
                    if (id.equals("switch")) {
                        throw new IOException("no");
                    }
                    super.execute();
                }

                @Override
                public void undo() throws IOException {
                    undone.add(id);
                    super.undo();
                }
            });
        }
        Lease lease = started(world);
        run(world, lease, actions);
        RollbackRunner runner = new RollbackRunner(world.ledger, world.catalog);

        assertThat(runner.undo("rb-1", lease, actions, ALICE)).isEqualTo(RunOutcome.done());
        assertThat(runner.undo("rb-1", lease, actions, ALICE)).isEqualTo(RunOutcome.done());
        assertThat(undone).containsExactly("switch", "drain");
    }

    @Test
    public void refusesTwoActionsOfOneName() throws Exception {
        World world = new World();
        CountedAction action = new CountedAction("drain", folder.getRoot().toPath());

        assertThatThrownBy(() -> run(world, started(world), List.of(action, action)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two actions are called drain");
    }
}
