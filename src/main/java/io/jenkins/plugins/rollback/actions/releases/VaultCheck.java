package io.jenkins.plugins.rollback.actions.releases;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.actions.Soon;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.vault.Pace;
import io.jenkins.plugins.rollback.engine.vault.VaultFault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads the whole vault again once a week, slowly, and when somebody asks, so that rot is found before a release is needed.
 * What was found is kept beside the ledger: Jenkins may restart meanwhile.
 */
@Extension
public final class VaultCheck extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(VaultCheck.class.getName());

    private static final Duration EVERY = Duration.ofDays(7);

    /** Megabytes a second that it reads at most, once a week. */
    static final String SPEED = VaultCheck.class.getName() + ".megabytesPerSecond";

    private final Soon soon = new Soon(this::checkAsAsked);
    private final ReentrantLock reading = new ReentrantLock(); // two at once would share the disk and report twice
    private VaultResult last; // guarded by this
    private Path lastOf; // the file that it was read from

    public VaultCheck() {
        super("Release Rollback vault check");
    }

    public static VaultCheck get() {
        return ExtensionList.lookupSingleton(VaultCheck.class);
    }

    /** Looks every day whether a week has passed: a controller that restarts every few days must not miss it for ever. */
    @Override
    public long getRecurrencePeriod() {
        return Duration.ofDays(1).toMillis();
    }

    @Override
    protected void execute(TaskListener listener) throws IOException {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        VaultResult before = last();
        if (engine == null
                || before != null
                        && before.at().plus(EVERY).isAfter(engine.clock().instant())) {
            return;
        }
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY); // a thread of this work's own
        VaultResult result = check(engine, new Slowly(Integer.getInteger(SPEED, 8)));
        listener.getLogger().println(result.faults().isEmpty() ? "The vault is sound" : result.faults());
    }

    /** What the last check found, or {@code null} when there was none. */
    public synchronized VaultResult last() {
        RollbackEngine engine = RollbackEngine.find().orElse(null);
        if (engine == null) {
            return null;
        }
        if (!file(engine).equals(lastOf)) {
            lastOf = file(engine);
            last = read(new XmlFile(lastOf.toFile()));
        }
        return last;
    }

    private static VaultResult read(XmlFile file) {
        try {
            return file.exists() ? (VaultResult) file.read() : null;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "What the last check of the vault found cannot be read; the next one says it", e);
            return null;
        }
    }

    /** Whether a check goes on, or somebody asked for one that has not ended yet. */
    public boolean isUnderWay() {
        return soon.isUnderWay() || reading.isLocked();
    }

    /** Checks soon and as fast as it goes, in the background; asking while one goes on changes nothing. */
    void ask() {
        if (!reading.isLocked()) { // the slow one may take hours, and a thread of Jenkins' timer must not wait for it
            soon.ask();
        }
    }

    private void checkAsAsked() {
        try {
            check();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The vault could not be checked", e);
        }
    }

    /** Checks now, as fast as it goes. */
    public VaultResult check() throws IOException {
        return check(RollbackEngine.get(), Pace.FULL);
    }

    private VaultResult check(RollbackEngine engine, Pace pace) throws IOException {
        reading.lock();
        try {
            return read(engine, pace);
        } finally {
            reading.unlock();
        }
    }

    private VaultResult read(RollbackEngine engine, Pace pace) throws IOException {
        Instant start = engine.clock().instant();
        List<VaultFault> faults = engine.vault().verify(pace);
        VaultResult result = new VaultResult(start, faults);
        synchronized (this) {
            File file = file(engine).toFile();
            new XmlFile(file).write(result);
            last = result;
            lastOf = file.toPath();
        }
        if (!faults.isEmpty()) {
            LOGGER.log(Level.SEVERE, "Release Rollback: the vault is damaged: {0}", faults);
        }
        return result;
    }

    private static Path file(RollbackEngine engine) {
        return engine.ledgerFolder().resolveSibling("checked-vault.xml");
    }

    /** Sleeps so that a check takes no more than its share of the disk. */
    private static final class Slowly implements Pace {

        private static final long STEP = 1 << 20;

        private final long bytesPerSecond;
        private long open;

        Slowly(int megabytesPerSecond) {
            bytesPerSecond = Math.max(1, megabytesPerSecond) * STEP;
        }

        @Override
        public void read(long bytes) throws IOException {
            open += bytes;
            if (open < STEP) {
                return;
            }
            try {
                Thread.sleep(open * 1000 / bytesPerSecond);
                open = 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the check of the vault was interrupted", e);
            }
        }
    }
}
