package io.jenkins.plugins.rollback.engine.ledger.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.catalog.Catalog;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.FileLedger;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.LedgerKeys;
import io.jenkins.plugins.rollback.engine.ledger.MemoryLedger;
import io.jenkins.plugins.rollback.engine.model.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A state is believed when this very ledger signed it for its own history, and never otherwise. */
public class StateFileTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final MemoryLedger ledger = new MemoryLedger();
    private Path states;

    @Before
    public void keepAState() throws Exception {
        states = folder.getRoot().toPath().resolve("states");
        new RandomHistory(ledger, 5).append(40);
        save(ledger, states);
    }

    private static void save(Ledger of, Path into) throws IOException {
        Catalog catalog = new Catalog(of);
        of.attach(catalog);
        new StateFile(into, catalog).save(of);
    }

    private static long loaded(Ledger by, Path from) throws IOException {
        Catalog catalog = new Catalog(by);
        new StateFile(from, catalog).load(by.tree());
        return catalog.next();
    }

    @Test
    public void isLoadedAsItWas() throws Exception {
        long size = ledger.size();
        new RandomHistory(ledger, 6).append(10);
        assertThat(loaded(ledger, states)).isEqualTo(size);
    }

    @Test
    public void damagedOneIsIgnored() throws Exception {
        Path file = states.resolve("catalog");
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += at < 600 ? 1 : 7) { // the head is all in the first 600 bytes
            byte[] bad = good.clone();
            bad[at] ^= 1 << at % 8;
            Files.write(file, bad);
            assertThat(loaded(ledger, states)).as("byte %d", at).isZero();
        }
        for (int length = 0; length < good.length; length += 11) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThat(loaded(ledger, states)).as("length %d", length).isZero();
        }
        Files.write(file, Arrays.copyOf(good, good.length + 1));
        assertThat(loaded(ledger, states)).as("longer").isZero();
        Files.write(file, good);
        assertThat(loaded(ledger, states)).isEqualTo(ledger.size());
    }

    @Test
    public void anotherLedgersIsIgnored() throws Exception {
        MemoryLedger other = new MemoryLedger();
        new RandomHistory(other, 5).append(60);
        assertThat(loaded(other, states)).isZero();
    }

    @Test
    public void anotherFormIsIgnored() throws Exception {
        Catalog catalog = new Catalog(ledger);
        new StateFile(states, new Newer(catalog)).load(ledger.tree());
        assertThat(catalog.next()).isZero();
    }

    @Test
    public void crashBeforeTheFileIsInItsPlaceLeavesTheOldOne() throws Exception {
        Files.write(states.resolve("catalog.new"), new byte[100]);
        assertThat(loaded(ledger, states)).isEqualTo(ledger.size());
        new RandomHistory(ledger, 7).append(10);
        save(ledger, states);
        assertThat(loaded(ledger, states)).isEqualTo(ledger.size());
        assertThat(states.resolve("catalog.new")).doesNotExist();
    }

    @Test
    public void entriesThatNoTreeCoversAreNotKept() throws Exception {
        Catalog catalog = new Catalog(ledger);
        ledger.attach(catalog);
        Entry last = ledger.entry(ledger.size() - 1);
        catalog.apply(
                new Entry( // as one that waits to be merged
                        1L << 52,
                        last.time(),
                        last.kind(),
                        "aside",
                        last.environment(),
                        last.version(),
                        last.actor(),
                        last.reason(),
                        last.data()));
        new StateFile(states, catalog).save(ledger);
        assertThat(loaded(ledger, states)).isEqualTo(ledger.size());
        Path fresh = folder.getRoot().toPath().resolve("fresh");
        new StateFile(fresh, catalog).save(ledger);
        assertThat(fresh).doesNotExist();
    }

    /** The same key and name, but the ledger is older than its state, or went on differently after a restore. */
    @Test
    public void restoredLedgerDoesNotBelieveWhatCameAfterTheBackup() throws Exception {
        Path dir = folder.getRoot().toPath().resolve("ledger");
        Path backup = folder.getRoot().toPath().resolve("backup");
        Path later = folder.getRoot().toPath().resolve("later");
        try (FileLedger files = open(dir)) {
            new RandomHistory(files, 1).append(300);
            save(files, states);
            assertThat(loaded(files, states)).isEqualTo(files.size());
        }
        copy(dir, backup);
        try (FileLedger files = open(dir)) {
            new RandomHistory(files, 2).append(50);
            save(files, later);
        }
        try (FileLedger files = open(backup)) {
            assertThat(loaded(files, states)).as("of the backup's time").isEqualTo(files.size());
            assertThat(loaded(files, later)).as("newer than the ledger").isZero();
            new RandomHistory(files, 3).append(90);
            assertThat(loaded(files, later)).as("of another history").isZero();
            assertThat(loaded(files, states)).isPositive();
        }
    }

    @Test
    public void isMadeAnewAfterAChangeOfTheKey() throws Exception {
        Path dir = folder.getRoot().toPath().resolve("ledger");
        try (FileLedger files = open(dir)) {
            new RandomHistory(files, 1).append(20);
            save(files, states);
            files.rotateKey(Actor.user("alice"), "yearly");
            assertThat(loaded(files, states)).isZero();
            save(files, states);
            assertThat(loaded(files, states)).isEqualTo(files.size());
        }
    }

    private static FileLedger open(Path dir) throws IOException {
        return FileLedger.open(dir, "state.test/1", Clock.systemUTC(), LedgerKeys.inFile(dir.resolve("key")));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** The catalog of a later version of this product. */
    private record Newer(Catalog catalog) implements SavedProjection {

        @Override
        public String name() {
            return catalog.name();
        }

        @Override
        public int form() {
            return catalog.form() + 1;
        }

        @Override
        public long next() {
            return catalog.next();
        }

        @Override
        public long save(StateWriter out) {
            return catalog.save(out);
        }

        @Override
        public void load(StateReader in, long next) {
            catalog.load(in, next);
        }

        @Override
        public void apply(Entry entry) {
            catalog.apply(entry);
        }
    }
}
