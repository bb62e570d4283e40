package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.ledger.sql.Database;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresStore;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A controller that {@link SharedLedgerKillTest} kills: appends from eight threads and prints what was acknowledged. */
public final class SharedWriterMain {

    private SharedWriterMain() {}

    /** @param args directory, URL, user, password, name of the controller, name of this run, how many entries */
    public static void main(String[] args) throws Exception {
        SharedLedger ledger = SharedLedger.open(
                SharedLedgers.setup(Path.of(args[0]), args[4], Duration.ofSeconds(args[4].equals("one") ? 60 : 0)),
                new PostgresStore(new Database(args[1], args[2], args[3])),
                Clock.systemUTC());
        AtomicLong left = new AtomicLong(Long.parseLong(args[6]));
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.length; t++) {
            String name = args[4] + "-" + args[5] + "-" + t;
            threads[t] = new Thread(() -> write(ledger, name, left));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        while (ledger.detached().isPresent()) { // what was kept aside is to be merged
            TimeUnit.MILLISECONDS.sleep(50);
        }
        ledger.close();
    }

    private static void write(SharedLedger ledger, String name, AtomicLong left) {
        PrintStream out = System.out;
        try {
            for (int i = 0; left.getAndDecrement() > 0; i++) {
                String id = name + "-" + i;
                Event event = Event.of(EventKind.DEPLOYMENT_STARTED)
                        .service("checkout")
                        .actor(Actor.user("somebody"))
                        .with("deployment", "dp-" + id)
                        .with("id", id);
                if (i % 50 == 0) {
                    event.reason("because " + id);
                }
                // every tenth one at a time, as leases and votes are
                Entry entry =
                        i % 10 == 0 ? ledger.append(event, () -> event.with("alone", true)) : ledger.append(event);
                out.print(entry.index() + " " + id + "\n"); // one write, so that lines do not mix
                out.flush();
            }
        } catch (java.io.IOException | ConditionFailedException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }
}
