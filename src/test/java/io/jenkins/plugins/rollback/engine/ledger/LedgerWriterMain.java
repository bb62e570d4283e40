package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;

/** The child that {@link FileLedgerKillTest} kills: appends from eight threads and prints what was acknowledged. */
public final class LedgerWriterMain {

    private LedgerWriterMain() {}

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        String run = args[1];
        PrintStream out = System.out;
        FileLedger ledger =
                FileLedger.open(dir, LedgerTestBase.ORIGIN, Clock.systemUTC(), LedgerKeys.inFile(dir.resolve("key")));
        for (int t = 0; t < 8; t++) {
            String name = run + "-" + t;
            new Thread(() -> write(ledger, name, out)).start();
        }
    }

    private static void write(FileLedger ledger, String name, PrintStream out) {
        try {
            for (int i = 0; ; i++) {
                String id = name + "-" + i;
                Event event = Event.of(EventKind.DEPLOYMENT_STARTED)
                        .service("checkout")
                        .actor(Actor.user(name))
                        .with("deployment", "dp-" + id)
                        .with("id", id);
                if (i % 5 == 0) {
                    event.reason("because " + id);
                }
                Entry entry = ledger.append(event);
                out.print(entry.index() + " " + id + "\n"); // one write, so that lines do not mix
                out.flush();
            }
        } catch (java.io.IOException e) {
            e.printStackTrace();
            System.exit(3);
        }
    }
}
