package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Processes that die, compete, or run out of space. */
public class VaultCrashTest {

    private static final int KILLS = Integer.getInteger("vault.kills", 30);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Process victim(Path vault, Path ws, long seed, long count, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                VaultVictim.class.getName(),
                vault.toString(),
                ws.toString(),
                "" + seed,
                "" + count));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    public void whateverWasAcknowledgedSurvivesKill9() throws Exception {
        kill(KILLS);
    }

    @Test
    public void whatACleanUpKeepsSurvivesWhenItIsKilled() throws Exception {
        kill(KILLS / 3, "gc");
    }

    private void kill(int kills, String... more) throws Exception {
        Random random = new Random(20261122);
        Path dir = folder.getRoot().toPath().resolve("vault");
        Map<ReleaseId, String> acknowledged = new HashMap<>();
        for (int kill = 0; kill < kills; kill++) {
            Process process = victim(dir, folder.newFolder().toPath(), kill * 1000L, 0, more);
            try (BufferedReader out = process.inputReader()) {
                // by what it did, not by the clock alone: a busy machine may need seconds for the first release
                int lines = 1 + random.nextInt(7);
                for (int i = 0; i < lines; i++) {
                    collect(out.readLine(), acknowledged);
                }
                process.waitFor(random.nextInt(150_000), TimeUnit.MICROSECONDS);
                process.toHandle().destroyForcibly(); // unlike Process it leaves the pipe open to be read
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    collect(line, acknowledged);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            FileVault vault = FileVault.open(dir);
            for (ReleaseId id : vault.releases()) {
                assertThat(vault.missing(vault.manifest(id).orElseThrow().contents()))
                        .as("visible means whole: %s", id)
                        .isEmpty();
            }
        }
        FileVault vault = FileVault.open(dir);
        assertThat(vault.verify()).isEmpty();
        if (more.length > 0) {
            acknowledged.keySet().removeIf(id -> !VaultVictim.isKept(id));
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(dir.resolve("packs")).isNotEmptyDirectory();
        for (Map.Entry<ReleaseId, String> release : acknowledged.entrySet()) {
            Manifest manifest = vault.manifest(release.getKey()).orElseThrow();
            assertThat(manifest.hash()).isEqualTo(release.getValue());
            Path back =
                    folder.getRoot().toPath().resolve("back-" + release.getKey().version());
            ReleaseRestorer.restore(manifest, vault::open, back);
            FileTree.delete(back);
        }
    }

    private static void collect(String line, Map<ReleaseId, String> acknowledged) {
        assertThat(line).matches("(begin|ack) .*|be?g?i?n?|ac?k?");
        String[] words = line.split(" ");
        if (words[0].equals("ack") && words.length == 3 && words[2].length() == 64) {
            acknowledged.put(new ReleaseId("victim", "v" + words[1]), words[2]);
        }
    }

    @Test
    public void processesThatRetainTheSameReleasesWithOtherContentsEndWithOneEach() throws Exception {
        Path dir = folder.getRoot().toPath().resolve("vault");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(victim(dir, folder.newFolder().toPath(), i * 1000L, 6));
        }
        List<String> won = new ArrayList<>();
        for (Process process : processes) {
            try (BufferedReader out = process.inputReader()) {
                List<String> lines = out.lines().toList();
                assertThat(lines).allMatch(line -> line.matches("(begin|ack|refused) .*"));
                lines.stream()
                        .filter(line -> line.startsWith("ack"))
                        .map(line -> line.split(" ")[2])
                        .forEach(won::add);
            }
            assertThat(process.waitFor()).isZero();
        }
        FileVault vault = FileVault.open(dir);
        List<String> there = new ArrayList<>();
        for (ReleaseId id : vault.releases()) {
            there.add(vault.manifest(id).orElseThrow().hash());
        }
        assertThat(there).hasSize(6);
        assertThat(won).containsExactlyInAnyOrderElementsOf(there);
        assertThat(vault.verify()).isEmpty();
    }

    @Test
    public void whenNoMoreCanBeWrittenTheFileIsNamedAndNothingIsLeft() throws Exception {
        Path dir = folder.getRoot().toPath().resolve("vault");
        FileVault.open(dir);
        // a limit on the size of files (256 blocks of 512 bytes or more) makes every larger write fail, as a full disk
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -f 256; exec \"$@\"",
                        "sh",
                        java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        VaultVictimOfLimit.class.getName(),
                        dir.toString())
                .redirectErrorStream(true)
                .start();
        String out;
        try (InputStream in = process.getInputStream()) {
            out = new String(in.readAllBytes());
        }
        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out)
                .contains("the vault cannot store content")
                .contains(dir.resolve("tmp").toString())
                .contains("too large");
        FileVault vault = FileVault.open(dir);
        assertThat(vault.releases()).isEmpty();
        assertThat(dir.resolve("tmp")).isEmptyDirectory();
        assertThat(vault.verify()).isEmpty();
    }

    /** Stores one content that is larger than its process may write. */
    public static final class VaultVictimOfLimit {

        private VaultVictimOfLimit() {}

        public static void main(String[] args) throws IOException {
            byte[] large = new byte[4 * 1024 * 1024];
            try {
                FileVault.open(Path.of(args[0])).put(Sha256.of(large), new ByteArrayInputStream(large));
                System.exit(3);
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
