package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.StoredVault.Use;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a vault does with a real store: mirrors to it, repairs itself from it, and comes back from it alone. */
public abstract class StoredVaultContract {

    static final ReleaseId ONE = new ReleaseId("Shop.web", "1.0+7");
    static final ReleaseId TWO = new ReleaseId("Shop.web", "1.1_rc");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** A store that is empty the first time. */
    abstract ObjectStore store() throws IOException;

    private StoredVault open(String dir, Use use) throws IOException {
        return StoredVault.open(
                folder.getRoot().toPath().resolve(dir), store(), use, 0, Runnable::run, Clock.systemUTC());
    }

    /** Retains both releases, with jars that share pieces. */
    void retain(Vault vault) throws IOException {
        for (ReleaseId id : new ReleaseId[] {ONE, TWO}) {
            Path ws = folder.newFolder().toPath();
            VaultFolders.fill(ws, id.hashCode());
            Files.write(ws.resolve("target/lib.jar"), Jars.of(id.equals(ONE) ? 1 : 2, 20));
            new LocalRetainer(vault).retain(id, ws, "**", null);
        }
    }

    void restore(Vault vault, ReleaseId id) throws IOException {
        ReleaseRestorer.restore(
                vault.manifest(id).orElseThrow(),
                vault::open,
                folder.newFolder().toPath().resolve("back"));
    }

    @Test
    public void whatIsMirroredHealsTheFolderAndRestoresWithoutIt() throws IOException {
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            retain(vault);
            assertThat(vault.state().problem()).isNull();
            assertThat(vault.state().behind()).isZero();
            try (Stream<Path> files = Files.walk(folder.getRoot().toPath().resolve("vault/packs"))) {
                Path pack = files.filter(Files::isRegularFile).findFirst().orElseThrow();
                byte[] bytes = Files.readAllBytes(pack);
                bytes[bytes.length / 3] ^= 4;
                Files.write(pack, bytes);
            }
            assertThat(vault.verify()).isEmpty();
            assertThat(vault.healed()).isNotEmpty();
            assertThat(vault.state().problem()).isNull();
        }
        try (StoredVault fresh = open("fresh", Use.PRIMARY)) {
            assertThat(fresh.releases()).containsExactly(ONE, TWO);
            restore(fresh, ONE);
            restore(fresh, TWO);
            assertThat(fresh.verify()).isEmpty();
        }
        Clock inTwoDays = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        try (StoredVault vault = StoredVault.open(
                folder.getRoot().toPath().resolve("vault"), store(), Use.MIRROR, 0, Runnable::run, inTwoDays)) {
            vault.gc(Set.of(TWO), false);
        }
        try (StoredVault last = open("last", Use.PRIMARY)) {
            assertThat(last.releases()).containsExactly(TWO);
            restore(last, TWO);
        }
    }
}
