package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;

/** The child that {@link DropKillTest} kills: drops three entries at a time and prints which drop is done. */
public final class DropMain {

    /** Places between the entries that go together, so that each lies in another bundle. */
    static final int APART = 2 * TilePath.FULL;

    private DropMain() {}

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        FileLedger ledger =
                FileLedger.open(dir, LedgerTestBase.ORIGIN, Clock.systemUTC(), LedgerKeys.inFile(dir.resolve("key")));
        System.out.println("open");
        for (int first = 0; first < APART; first++) {
            if (!ledger.isDropped(first)) {
                BitSet three = new BitSet();
                three.set(first);
                three.set(first + APART);
                three.set(first + 2 * APART);
                ledger.drop(DropTest.swept(three), Condition.ALWAYS);
                System.out.println(first);
            }
        }
    }
}
