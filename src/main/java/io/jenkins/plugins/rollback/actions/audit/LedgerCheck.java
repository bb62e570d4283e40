package io.jenkins.plugins.rollback.actions.audit;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.actions.Soon;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.LedgerReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Verifies the whole ledger four times a day, and when somebody asks. The checkpoint of the last good check is kept
 * beside the ledger, so that a ledger that was cut off and signed again in between is noticed.
 */
@Extension
public final class LedgerCheck extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(LedgerCheck.class.getName());

    /** How a check came out. */
    public static final class Result {

        private final LedgerReport report;
        private final String failure;
        private final Instant at;

        Result(LedgerReport report, String failure, Instant at) {
            this.report = report;
            this.failure = failure;
            this.at = at;
        }

        /** What is wrong, or {@code null}. */
        public String problem() {
            return failure != null ? failure : report.problem();
        }

        /** How many entries were looked at. */
        public long entries() {
            return report == null ? 0 : report.entries();
        }

        public Instant at() {
            return at;
        }
    }

    private final Soon soon = new Soon(this::check);
    private volatile Result last;

    public LedgerCheck() {
        super("Release Rollback ledger check");
    }

    public static LedgerCheck get() {
        return ExtensionList.lookupSingleton(LedgerCheck.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofHours(6).toMillis();
    }

    @Override
    protected void execute(TaskListener listener) {
        Result result = check();
        listener.getLogger()
                .println(
                        result.problem() == null
                                ? result.entries() + " entries verified"
                                : "The ledger does not verify: " + result.problem());
    }

    /** The last result since Jenkins started, or {@code null}. */
    public Result last() {
        return last;
    }

    /** Whether somebody asked for a check that has not ended yet. */
    public boolean isUnderWay() {
        return soon.isUnderWay();
    }

    /** Checks soon, in the background; asking again meanwhile changes nothing. */
    void ask() {
        soon.ask();
    }

    /** Checks now. One at a time, as each reads all of the ledger. */
    public synchronized Result check() {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null) {
            return done(new Result(null, "the ledger is not open", Instant.now()));
        }
        try {
            LedgerReport report = engine.verifyLedger(kept(engine));
            if (report.ok() && report.checkpoint() != null) {
                keep(engine, report.checkpoint().note());
            }
            return done(new Result(report, null, engine.clock().instant()));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Release Rollback cannot verify its ledger", e);
            return done(new Result(
                    null, "cannot be read: " + e.getMessage(), engine.clock().instant()));
        }
    }

    private Result done(Result result) {
        boolean isNew = last == null || last.problem() == null;
        last = result;
        if (result.problem() != null && isNew) {
            LOGGER.log(Level.SEVERE, "Release Rollback: the ledger does not verify: {0}", result.problem());
        }
        return result;
    }

    /** Beside the ledger and named after it: who changes to another ledger and back finds both checkpoints again. */
    private static XmlFile file(RollbackEngine engine) {
        Path ledger = engine.ledgerFolder();
        return new XmlFile(ledger.resolveSibling("checked-" + ledger.getFileName() + ".xml")
                .toFile());
    }

    /** The checkpoint of the last good check, or {@code null}. */
    private static String kept(RollbackEngine engine) throws IOException {
        XmlFile file = file(engine);
        return file.exists() ? (String) file.read() : null;
    }

    private static void keep(RollbackEngine engine, String note) throws IOException {
        file(engine).write(note);
    }
}
