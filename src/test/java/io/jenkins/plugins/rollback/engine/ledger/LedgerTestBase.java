package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** What the tests of the file ledger share. */
public abstract class LedgerTestBase {

    static final String ORIGIN = "ledger.test/release-rollback/1";

    /** The default folder for temporary files. */
    static final File ON_DISK = null;

    /** Where fsync costs nothing, for tests that open a ledger a hundred times and pull no plug. */
    private static final File MEMORY = new File("/dev/shm");

    @Rule
    public final TemporaryFolder folder;

    LedgerTestBase() {
        this(MEMORY.canWrite() ? MEMORY : ON_DISK);
    }

    LedgerTestBase(File parent) {
        folder = new TemporaryFolder(parent);
    }

    Path dir() {
        return folder.getRoot().toPath().resolve("ledger");
    }

    FileLedger open() throws IOException {
        return open(Clock.systemUTC());
    }

    FileLedger open(Clock clock) throws IOException {
        return FileLedger.open(dir(), ORIGIN, clock, LedgerKeys.inFile(dir().resolve("key")));
    }

    FileLedger open(Disk disk) throws IOException {
        return FileLedger.open(dir(), ORIGIN, Clock.systemUTC(), LedgerKeys.inFile(dir().resolve("key")), disk);
    }

    static Event event(long number) {
        return Event.of(EventKind.DEPLOYMENT_STARTED)
                .service("checkout")
                .environment("production")
                .version("1." + number)
                .actor(Actor.user("alice"))
                .with("deployment", "dp-" + number)
                .with("n", number);
    }

    static void append(Ledger ledger, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ledger.append(event(ledger.size()));
        }
    }
}
