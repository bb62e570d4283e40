package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.file.Path;
import java.time.Duration;

/** How tests take part in a shared ledger. */
public final class SharedLedgers {

    private SharedLedgers() {}

    /** A controller with its copy in a directory. */
    public static SharedLedger.Setup setup(Path dir, String controller) {
        return setup(dir, controller, Duration.ofSeconds(60));
    }

    /** With another patience. */
    public static SharedLedger.Setup setup(Path dir, String controller, Duration patience) {
        return new SharedLedger.Setup(
                dir,
                LedgerTestBase.ORIGIN,
                controller,
                LedgerKeys.inFile(dir.resolve("key")),
                LedgerKeys.inFile(dir.resolve("spool-key")),
                patience);
    }
}
