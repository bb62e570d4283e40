package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.StoredVault.Use;
import io.jenkins.plugins.rollback.engine.vault.store.FolderStore;
import io.jenkins.plugins.rollback.engine.vault.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A vault with a mirror, and one whose folder is a cache. */
public class StoredVaultTest {

    private static final ReleaseId ONE = new ReleaseId("shop", "1");
    private static final ReleaseId TWO = new ReleaseId("shop", "2");
    private static final Clock IN_TWO_DAYS = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path root;
    private FlakyStore store;

    @Before
    public void store() throws IOException {
        root = folder.getRoot().toPath();
        store = new FlakyStore(new FolderStore(root.resolve("store")));
    }

    private StoredVault open(String dir, Use use, Clock clock) throws IOException {
        return StoredVault.open(root.resolve(dir), store, use, 0, Runnable::run, clock);
    }

    private StoredVault open(String dir, Use use) throws IOException {
        return open(dir, use, Clock.systemUTC());
    }

    /** Two releases of a jar that shares pieces with the other's, and of files that are kept whole. */
    private void retain(Vault vault, ReleaseId... ids) throws IOException {
        for (ReleaseId id : ids) {
            Path ws = folder.newFolder().toPath();
            VaultFolders.fill(ws, id.version().hashCode());
            Files.write(ws.resolve("target/lib.jar"), Jars.of(id.version().hashCode(), 20));
            new LocalRetainer(vault).retain(id, ws, "**", null);
        }
    }

    private void restore(Vault vault, ReleaseId... ids) throws IOException {
        for (ReleaseId id : ids) {
            ReleaseRestorer.restore(
                    vault.manifest(id).orElseThrow(),
                    vault::open,
                    folder.newFolder().toPath().resolve("back"));
        }
    }

    private List<Path> files(String dir) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(dir))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    public void aMirrorHasEachReleaseAfterItsCommit() throws IOException {
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            assertThat(vault.state().behind()).isNegative();
            retain(vault, ONE, TWO);
            assertThat(store.releases()).containsExactly(ONE, TWO);
            assertThat(vault.state()).isEqualTo(new StoreState(store.name(), 0, null, null));
            assertThat(vault.verify()).isEmpty();
            assertThat(vault.healed()).isEmpty();
        }
    }

    @Test
    public void aMirrorThatWasAwayCatchesUp() throws IOException {
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            store.setAway(true);
            assertThat(vault.synchronize()).as("with nothing to copy, too").isFalse();
            assertThat(vault.state().isTroubled()).isTrue();
            retain(vault, ONE);
            assertThat(vault.state().isTroubled()).isTrue();
            assertThat(vault.state().behind()).isOne();
        }
        store.setAway(false);
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            assertThat(vault.synchronize()).isTrue();
            assertThat(vault.state().isTroubled()).isFalse();
            assertThat(store.releases()).containsExactly(ONE);
        }
    }

    @Test
    public void everyFileThatRotsOrIsLostIsRepairedFromTheMirror() throws IOException {
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            retain(vault, ONE, TWO);
            for (String part : List.of("blobs", "recipes", "packs", "releases")) {
                for (Path file : files("vault/" + part)) {
                    byte[] right = Files.readAllBytes(file);
                    if (right.length == 0) {
                        continue;
                    }
                    if (!part.equals("releases")) { // one that is gone is a release that is not here
                        Files.delete(file);
                        isRepaired(vault, file, right);
                    }
                    byte[] rotten = right.clone();
                    rotten[rotten.length / 2] ^= 1;
                    Files.write(file, part.equals("releases") ? otherHash(right) : rotten);
                    isRepaired(vault, file, right);
                    Files.write(file, Arrays.copyOf(right, right.length / 2));
                    isRepaired(vault, file, right);
                }
            }
        }
    }

    /** A manifest that is still one, but of contents that nobody has. */
    private static byte[] otherHash(byte[] manifest) {
        byte[] other = manifest.clone();
        int digit = new String(manifest, StandardCharsets.ISO_8859_1).indexOf("\"sha256\":\"") + 10;
        other[digit] = (byte) (other[digit] == '0' ? '1' : '0');
        return other;
    }

    private void isRepaired(StoredVault vault, Path file, byte[] right) throws IOException {
        assertThat(vault.verify()).as("%s", file).isEmpty();
        assertThat(vault.healed()).as("%s", file).isNotEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(right);
        restore(vault, ONE, TWO);
    }

    @Test
    public void whatIsRottenInBothStaysKnownAndNothingReplacesIt() throws IOException {
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            retain(vault, ONE);
            for (Path file : files("store/blobs")) {
                Files.write(file, new byte[] {1});
            }
            Path blob = files("vault/blobs").stream()
                    .filter(file -> file.toFile().length() > 1000)
                    .findFirst()
                    .orElseThrow();
            Files.write(blob, new byte[] {2});
            assertThat(vault.verify()).isNotEmpty();
            assertThat(Files.readAllBytes(blob)).containsExactly(2);
        }
    }

    @Test
    public void whatTheMirrorLostIsPutThereAgain() throws IOException {
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            retain(vault, ONE);
            List<Path> before = files("store/blobs");
            Files.delete(before.get(0));
            assertThat(vault.verify()).isEmpty();
            assertThat(files("store/blobs")).isEqualTo(before);
        }
    }

    @Test
    public void aReleaseThatOnlyAnotherMirrorHasDoesNotHoldUpTheOthers() throws IOException {
        try (StoredVault other = open("other", Use.MIRROR)) {
            Path ws = folder.newFolder().toPath();
            Files.writeString(ws.resolve("f"), "somebody else's");
            new LocalRetainer(other).retain(ONE, ws, "**", null);
        }
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            retain(vault, ONE, TWO);
            assertThat(store.releases()).containsExactly(ONE, TWO);
            assertThat(vault.state().behind()).isEqualTo(1);
            assertThat(vault.state().problem()).contains("already retained with other contents");
        }
    }

    @Test
    public void aReleaseCountsWhenThePrimaryStoreHasIt() throws IOException {
        try (StoredVault vault = open("vault", Use.PRIMARY)) {
            store.setAway(true);
            assertThatThrownBy(() -> retain(vault, ONE))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("it gave no answer in time");
            assertThat(FileVault.open(root.resolve("vault")).releases()).isEmpty();
            store.setAway(false);
            assertThat(vault.releases()).isEmpty();
            retain(vault, ONE, TWO);
            assertThat(store.releases()).containsExactly(ONE, TWO);
        }
    }

    @Test
    public void aNewControllerRestoresEverythingFromThePrimaryStore() throws IOException {
        try (StoredVault vault = open("vault", Use.PRIMARY)) {
            retain(vault, ONE, TWO);
        }
        try (StoredVault fresh = open("fresh", Use.PRIMARY)) {
            assertThat(fresh.releases()).containsExactly(ONE, TWO);
            assertThat(fresh.releases("shop")).containsExactly(ONE, TWO);
            restore(fresh, TWO);
            assertThat(FileVault.open(root.resolve("fresh")).releases()).containsExactly(TWO);
            restore(fresh, ONE);
            assertThat(fresh.verify()).isEmpty();
            Path ws = folder.newFolder().toPath();
            Files.writeString(ws.resolve("f"), "other");
            assertThatThrownBy(() -> new LocalRetainer(fresh).retain(ONE, ws, "**", null))
                    .isInstanceOf(ReleaseExistsException.class);
        }
        Files.delete(files("store/blobs").get(0));
        try (StoredVault fresh = open("fresher", Use.PRIMARY)) {
            assertThat(fresh.verify()).singleElement().asString().contains("lacks");
        }
    }

    @Test
    public void whatGoesGoesFromBothAndOnlyWhenTheStoreAnswers() throws IOException {
        for (Use use : Use.values()) {
            String dir = "vault-" + use;
            try (StoredVault vault = open(dir, use)) {
                retain(vault, ONE, TWO);
            }
            try (StoredVault vault = open(dir, use, IN_TWO_DAYS)) {
                assertThat(vault.gc(Set.of(TWO), true).releases()).containsExactly(ONE);
                store.setAway(true);
                assertThatThrownBy(() -> vault.gc(Set.of(TWO), false)).isInstanceOf(StoreException.class);
                store.setAway(false);
                assertThat(vault.releases()).containsExactly(ONE, TWO);
                vault.gc(Set.of(TWO), false);
                assertThat(vault.releases()).containsExactly(TWO);
                assertThat(store.releases()).containsExactly(TWO);
                restore(vault, TWO);
                vault.gc(Set.of(), false);
                assertThat(store.releases()).isEmpty();
                assertThat(files("store/blobs")).as("a clean store").isEmpty();
            }
        }
    }

    @Test
    public void aFolderThatWasLostTakesNothingWithIt() throws IOException {
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            retain(vault, ONE);
        }
        try (StoredVault empty = open("empty", Use.MIRROR, IN_TWO_DAYS)) {
            empty.gc(Set.copyOf(empty.releases()), false);
            empty.synchronize();
        }
        assertThat(store.releases()).containsExactly(ONE);
    }

    @Test
    public void aCacheIsTrimmedAndFetchesAgain() throws IOException {
        List<ReleaseId> ids = new ArrayList<>();
        for (int i = 1; i < 6; i++) {
            ids.add(new ReleaseId("shop", "" + i));
        }
        try (StoredVault vault = open("cache", Use.PRIMARY)) {
            retain(vault, ids.toArray(ReleaseId[]::new));
        }
        try (StoredVault vault =
                StoredVault.open(root.resolve("cache"), store, Use.PRIMARY, 2_000_000, Runnable::run, IN_TWO_DAYS)) {
            assertThat(vault.synchronize()).isTrue();
            assertThat(files("cache").stream()
                            .mapToLong(file -> file.toFile().length())
                            .sum())
                    .isLessThan(2_000_000);
            assertThat(FileVault.open(root.resolve("cache")).releases()).hasSizeLessThan(4);
            assertThat(vault.releases()).isEqualTo(ids);
            restore(vault, ids.toArray(ReleaseId[]::new));
            assertThat(vault.verify()).isEmpty();
        }
    }
}
