package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.StoredVault.Use;
import io.jenkins.plugins.rollback.engine.vault.store.FolderStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Processes that die while they retain, copy to a store, trim and collect. */
public class StoredVaultCrashTest {

    private static final int KILLS = Math.max(4, Integer.getInteger("vault.kills", 30) / 2);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whateverAMirroredVaultAcknowledgedIsInBothAfterKill9() throws Exception {
        Map<ReleaseId, String> acknowledged = kill(Use.MIRROR);
        try (StoredVault vault = open("vault", Use.MIRROR)) {
            isThere(vault, acknowledged);
            assertThat(vault.healed()).isEmpty();
            assertThat(vault.synchronize()).isTrue();
            assertThat(vault.verify()).isEmpty();
            assertThat(vault.state().isTroubled()).isFalse();
        }
        try (StoredVault lost = open("another", Use.PRIMARY)) {
            isThere(lost, acknowledged);
        }
    }

    @Test
    public void whateverAPrimaryStoreAcknowledgedIsThereForAnotherFolderAfterKill9() throws Exception {
        Map<ReleaseId, String> acknowledged = kill(Use.PRIMARY);
        for (String dir : List.of("vault", "another")) {
            try (StoredVault vault = open(dir, Use.PRIMARY)) {
                isThere(vault, acknowledged);
            }
        }
    }

    private StoredVault open(String dir, Use use) throws IOException {
        Path root = folder.getRoot().toPath();
        return StoredVault.open(
                root.resolve(dir), new FolderStore(root.resolve("store")), use, 0, Runnable::run, Clock.systemUTC());
    }

    private void isThere(StoredVault vault, Map<ReleaseId, String> acknowledged) throws IOException {
        assertThat(vault.verify()).isEmpty();
        for (Map.Entry<ReleaseId, String> release : acknowledged.entrySet()) {
            Manifest manifest = vault.manifest(release.getKey()).orElseThrow();
            assertThat(manifest.hash()).isEqualTo(release.getValue());
            Path back = folder.newFolder().toPath().resolve("back");
            ReleaseRestorer.restore(manifest, vault::open, back);
            FileTree.delete(back);
        }
    }

    /** What was acknowledged and is kept by the victims' own clean-up. */
    private Map<ReleaseId, String> kill(Use use) throws Exception {
        Random random = new Random(20261123);
        Map<ReleaseId, String> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoredVaultVictim.class.getName(),
                            folder.getRoot().toPath().resolve("vault").toString(),
                            folder.getRoot().toPath().resolve("store").toString(),
                            use.name(),
                            folder.newFolder().toString(),
                            "" + kill * 1000L)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader out = process.inputReader()) {
                int lines = 1 + random.nextInt(8);
                for (int i = 0; i < lines; i++) {
                    collect(out.readLine(), acknowledged);
                }
                process.waitFor(random.nextInt(300_000), TimeUnit.MICROSECONDS);
                process.toHandle().destroyForcibly(); // unlike Process it leaves the pipe open to be read
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    collect(line, acknowledged);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        acknowledged.keySet().removeIf(id -> !VaultVictim.isKept(id));
        assertThat(acknowledged).isNotEmpty();
        return acknowledged;
    }

    private static void collect(String line, Map<ReleaseId, String> acknowledged) {
        assertThat(line).matches("(begin|ack) .*|be?g?i?n?|ac?k?");
        String[] words = line.split(" ");
        if (words[0].equals("ack") && words.length == 3 && words[2].length() == 64) {
            acknowledged.put(new ReleaseId("victim", "v" + words[1]), words[2]);
        }
    }
}
