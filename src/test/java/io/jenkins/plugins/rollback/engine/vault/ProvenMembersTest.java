package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a vault remembers of members makes it faster, and nothing else. */
public class ProvenMembersTest {

    private static final int ENTRIES = 60;

    /** Bytes of a member in a file, and what is around them. */
    private static final int ENTRY = 33;

    private static final int AROUND = 40;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path dir;

    @Before
    public void place() {
        dir = folder.getRoot().toPath().resolve("vault");
    }

    /** By a vault that was opened for it, as after a restart. */
    private void retain(int version) throws IOException {
        Path file = folder.newFolder().toPath().resolve("app.jar");
        Files.write(file, Jars.of(version, ENTRIES));
        new LocalRetainer(FileVault.open(dir)).retain(id(version), List.of(file));
    }

    private static ReleaseId id(int version) {
        return new ReleaseId("shop", "" + version);
    }

    private void requireWhole(int... versions) throws IOException {
        FileVault vault = FileVault.open(dir);
        for (int version : versions) {
            String sha256 =
                    vault.manifest(id(version)).orElseThrow().files().get(0).sha256();
            try (InputStream in = vault.open(sha256)) {
                assertThat(in.readAllBytes()).isEqualTo(Jars.of(version, ENTRIES));
            }
        }
        assertThat(vault.verify()).isEmpty();
    }

    private List<Path> proven() throws IOException {
        try (Stream<Path> all = Files.list(dir.resolve("proven"))) {
            return all.sorted().toList();
        }
    }

    /** Members that were looked at for the first time, for each release, fewest first. */
    private List<Long> members() throws IOException {
        return proven().stream()
                .map(file -> (file.toFile().length() - AROUND) / ENTRY)
                .sorted()
                .toList();
    }

    @Test
    public void onlyWhatIsNewInAReleaseIsDeflatedAgain() throws Exception {
        retain(1);
        assertThat(members()).containsExactly((long) ENTRIES);
        retain(2);
        assertThat(members()).containsExactly(ENTRIES / 20L, (long) ENTRIES);
        requireWhole(1, 2);
    }

    @Test
    public void whatIsLostOrDamagedIsFoundOutAgain() throws Exception {
        retain(1);
        Path file = proven().get(0);
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(5);
        for (int version = 2; version < 8; version++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            for (Path each : proven()) {
                Files.delete(each);
            }
            Files.write(file, version % 3 == 0 ? new byte[version] : bad);
            retain(version);
            assertThat(Collections.max(members()))
                    .as("all anew: nothing of a damaged file is believed")
                    .isEqualTo(ENTRIES);
        }
        for (Path each : proven()) {
            Files.delete(each);
        }
        Files.delete(dir.resolve("proven"));
        retain(8);
        requireWhole(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    public void aMemberIsKnownButItsPiecesWereCollected() throws Exception {
        retain(1);
        byte[] remembered = Files.readAllBytes(proven().get(0));
        Clock later = Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(2)), ZoneOffset.UTC);
        FileVault.open(dir, later).gc(Set.of(), false);
        assertThat(proven()).as("goes with its pack").isEmpty();
        Files.write(dir.resolve("proven").resolve("ab".repeat(16)), remembered);
        retain(2);
        assertThat(members()).containsExactly(ENTRIES / 20L, (long) ENTRIES);
        requireWhole(2);
    }
}
