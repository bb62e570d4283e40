package io.jenkins.plugins.rollback.engine.rollback;

import static io.jenkins.plugins.rollback.engine.rollback.World.ALICE;
import static io.jenkins.plugins.rollback.engine.rollback.World.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerVerifier;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A real process, killed with SIGKILL before and after every note of the journal; another one goes on. */
public class RollbackRunnerKillTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void killedAtAnyNoteItIsResumedToTheSameEnd() throws Exception {
        for (int note = 0; note < 6; note++) {
            for (String when : List.of("before", "after")) {
                Path place = folder.newFolder().toPath();
                killAt(place, note, when);
                String what = when + " note " + note;
                try (Ledger ledger = RunnerChild.open(place)) {
                    World world = new World(ledger);
                    assertThat(world.catalog.rollback("rb-1"))
                            .as(what)
                            .map(RollbackInfo::state)
                            .contains(RollbackInfo.State.STARTED);
                    Lease lease = world.leases.takeOver(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
                    RollbackRunner runner = new RollbackRunner(ledger, world.catalog);

                    assertThat(runner.run("rb-1", lease, RunnerChild.actions(place), ALICE))
                            .as(what)
                            .isEqualTo(RunOutcome.done());

                    for (Action action : RunnerChild.actions(place)) {
                        assertThat(((CountedAction) action).effects())
                                .as("%s, %s", what, action.id())
                                .isEqualTo(1);
                    }
                    assertThat(world.catalog.timeline("rb-1"))
                            .as(what)
                            .extracting(Entry::kind)
                            .filteredOn(kind -> kind.wire().startsWith("action."))
                            .containsExactly(
                                    EventKind.ACTION_STARTED, EventKind.ACTION_DONE,
                                    EventKind.ACTION_STARTED, EventKind.ACTION_DONE,
                                    EventKind.ACTION_STARTED, EventKind.ACTION_DONE);
                }
                assertThat(LedgerVerifier.verify(place.resolve("ledger")).ok())
                        .as(what)
                        .isTrue();
            }
        }
    }

    private static void killAt(Path place, int note, String when) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunnerChild.class.getName(),
                        place.toString(),
                        String.valueOf(note),
                        when)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = child.inputReader()) {
            assertThat(out.readLine()).isEqualTo("here");
        } finally {
            child.destroyForcibly(); // SIGKILL
        }
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
