package io.jenkins.plugins.rollback.engine.rollback;

import static io.jenkins.plugins.rollback.engine.rollback.World.ALICE;
import static io.jenkins.plugins.rollback.engine.rollback.World.SHOP;

import io.jenkins.plugins.rollback.engine.action.Action;
import io.jenkins.plugins.rollback.engine.catalog.Lease;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A process that carries a rollback out on a real ledger and stops at a note, waiting to be killed. */
final class RunnerChild {

    private RunnerChild() {}

    static List<Action> actions(Path folder) {
        List<Action> actions = new ArrayList<>();
        for (String id : List.of("drain", "switch", "purge")) {
            actions.add(new CountedAction(id, folder));
        }
        return actions;
    }

    static Ledger open(Path folder) throws Exception {
        return FileLedger.open(
                folder.resolve("ledger"), "test/kill/1", Clock.systemUTC(), LedgerKeys.inFile(folder.resolve("key")));
    }

    /** @param args folder, number of the note, {@code before} or {@code after} */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Ledger stopping = new CrashingLedger(open(folder), Integer.parseInt(args[1]), args[2].equals("after"), () -> {
            System.out.println("here");
            while (true) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        World world = new World(stopping);
        world.rollbacks.requested("rb-1", SHOP, "2", "1", null, "step", null, ALICE, null);
        Lease lease = world.leases.take(SHOP, "rb-1", Lease.Purpose.ROLLBACK, null);
        world.rollbacks.started("rb-1", null, ALICE);
        new RollbackRunner(stopping, world.catalog).run("rb-1", lease, actions(folder), ALICE);
        System.out.println("the note was never reached");
    }
}
