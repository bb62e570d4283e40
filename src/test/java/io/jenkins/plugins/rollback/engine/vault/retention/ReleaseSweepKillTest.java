package io.jenkins.plugins.rollback.engine.vault.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Kills a process that retains, deploys and sweeps at random moments ({@code -Dvault.sweepKills=100} for more). A release
 * that the ledger has is whole, one that it calls dropped is gone after the next sweep, and what was needed is there.
 */
public class ReleaseSweepKillTest {

    private static final int KILLS = Integer.getInteger("vault.sweepKills", 6);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void aSweepThatIsKilledGoesOnLater() throws Exception {
        Random random = new Random(20261122);
        Path dir = folder.getRoot().toPath();
        long version = 1;
        int gone = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path errors = folder.newFile().toPath();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SweepVictim.class.getName(),
                            dir.toString(),
                            Long.toString(version))
                    .redirectError(errors.toFile())
                    .start();
            try (BufferedReader out = process.inputReader()) {
                assertThat(out.readLine()).as(Files.readString(errors)).isEqualTo("open");
                int lines = 5 + random.nextInt(12);
                for (int i = 0; i < lines; i++) {
                    assertThat(out.readLine()).as(Files.readString(errors)).matches("(good|gone) \\d+");
                }
                process.waitFor(random.nextInt(20_000), TimeUnit.MICROSECONDS);
                process.toHandle().destroyForcibly(); // SIGKILL, wherever it is
                process.waitFor();
            } finally {
                process.destroyForcibly();
            }
            Clock late = Clock.offset(Clock.systemUTC(), Duration.ofDays(1_000_000));
            Kept kept = SweepVictim.open(dir, late);
            try {
                requireWhole(kept);
                version = kept.catalog.releases("shop").stream()
                                .mapToLong(
                                        release -> Long.parseLong(release.id().version()))
                                .max()
                                .orElseThrow()
                        + 1;
                kept.sweep.sweep(SweepVictim.POLICY, Kept.SWEEPER);
                requireWhole(kept);
                for (ReleaseId id : kept.vault.releases()) {
                    assertThat(kept.catalog.dropped(id))
                            .as("%s after kill %s", id, kill)
                            .isEmpty();
                }
                assertThat(kept.vault.verify()).isEmpty();
                gone = 0;
                for (long old = 1; old < version; old++) {
                    gone += kept.catalog.dropped(Kept.id(Long.toString(old))).isPresent() ? 1 : 0;
                }
            } finally {
                kept.ledger.close();
            }
        }
        assertThat(gone).isPositive();
    }

    private static void requireWhole(Kept kept) throws Exception {
        for (var release : kept.catalog.releases("shop")) {
            assertThat(kept.vault.missing(
                            kept.vault.manifest(release.id()).orElseThrow().contents()))
                    .as("%s", release.id())
                    .isEmpty();
        }
    }
}
