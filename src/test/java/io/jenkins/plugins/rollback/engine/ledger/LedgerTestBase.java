package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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

    /** Copies a ledger that is not open, as a backup would. */
    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** Files of the ledger in which a text stands, in capitals or not, by a search over their bytes. */
    List<String> filesWith(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.getRoot().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    if (content.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))) {
                        found.add(dir().relativize(file).toString());
                    }
                } catch (NoSuchFileException e) {
                    continue; // a partial tile that a wider one has just taken the place of
                }
            }
        }
        return found;
    }
}
