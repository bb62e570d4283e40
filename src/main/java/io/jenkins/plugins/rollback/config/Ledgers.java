package io.jenkins.plugins.rollback.config;

import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.SharedLedger;
import io.jenkins.plugins.rollback.engine.ledger.sql.PostgresStore;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Opens the ledger that is configured: in files, or shared. */
final class Ledgers {

    /** How long an append waits for a database that does not answer: longer than a restart of it usually takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Ledgers() {}

    /** Where the ledger, or this controller's copy of it, is: both may be there, for other settings. */
    static Path folder(Path home, SharedLedgerConfig shared) {
        return home.resolve(shared == null ? "ledger" : "ledger-shared");
    }

    /**
     * @param home gets the ledger's {@link #folder}
     * @param controller name of this controller, also the beginning of a new log's name
     * @param shared or {@code null} for files
     */
    static Ledger open(Path home, String controller, SharedLedgerConfig shared) throws IOException {
        if (shared == null) {
            return FileLedger.open(folder(home, null), controller + "/1", Clock.systemUTC(), new JenkinsLedgerKeys());
        }
        return SharedLedger.open(setup(home, controller, shared), store(shared), Clock.systemUTC());
    }

    /**
     * Opens the ledger although its private key is lost: one in files begins a new epoch, a shared one goes on with a new
     * key for the copy of this controller.
     *
     * @param who confirmed the loss, and why
     */
    static Ledger openWithoutKey(Path home, String controller, SharedLedgerConfig shared, Actor who, String reason)
            throws IOException {
        return shared == null
                ? FileLedger.openWithoutKey(
                        folder(home, null), null, Clock.systemUTC(), new JenkinsLedgerKeys(), who, reason)
                : SharedLedger.openWithoutKey(
                        setup(home, controller, shared), store(shared), Clock.systemUTC(), who, reason);
    }

    private static SharedLedger.Setup setup(Path home, String controller, SharedLedgerConfig shared) {
        return new SharedLedger.Setup(
                folder(home, shared),
                controller + "/shared/1", // a name of its own: builds keep checkpoints of both
                controller,
                new JenkinsLedgerKeys("shared-ledger-key"),
                new JenkinsLedgerKeys("shared-ledger-spool-key"),
                PATIENCE);
    }

    private static PostgresStore store(SharedLedgerConfig shared) throws IOException {
        return new PostgresStore(shared.database());
    }
}
