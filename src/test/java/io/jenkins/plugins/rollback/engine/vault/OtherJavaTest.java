package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * What one Java stored another gives back. Each makes the archives with its own deflater, which differ: some
 * distributions bring one of their own, others use the system's. Every Java of 17 or newer that is installed beside
 * ours takes part; where there is but one, its processes restore what others of it stored.
 */
public class OtherJavaTest {

    /** A fifth of what is stored by one, because each pair of them starts processes. */
    private static final int COUNT = Math.max(10, Integer.getInteger("vault.archives", 100) / 5);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatOneStoredTheOtherGivesBack() throws Exception {
        Set<Path> javas = javas();
        assertThat(javas).isNotEmpty();
        long seed = 1_000_000;
        for (Path storing : javas) {
            Path vault = folder.newFolder().toPath().resolve("vault");
            assertThat(run(storing, vault, "put", seed += COUNT)).isEqualTo("stored " + COUNT);
            for (Path restoring : javas) {
                assertThat(run(restoring, vault, "get", seed))
                        .as("stored by %s, restored by %s", storing, restoring)
                        .isEqualTo("restored " + COUNT);
            }
        }
    }

    private static String run(Path java, Path vault, String what, long seed) throws Exception {
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArchiveKeeper.class.getName(),
                        vault.toString(),
                        what,
                        "" + seed,
                        "" + COUNT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(process.waitFor()).as("%s %s: %s", java, what, said).isZero();
            return said;
        }
    }

    /** Ours, and those that distributions put beside it. */
    private static Set<Path> javas() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Set<Path> homes = new LinkedHashSet<>(List.of(own));
        try (Stream<Path> beside = Files.list(own.getParent())) {
            for (Path home : beside.sorted().toList()) {
                if (isNewEnough(home)) {
                    homes.add(home.toRealPath());
                }
            }
        }
        Set<Path> javas = new LinkedHashSet<>();
        homes.forEach(home -> javas.add(home.resolve("bin/java")));
        return javas;
    }

    private static boolean isNewEnough(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return false;
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("JAVA_VERSION=\""))
                .map(line -> line.replaceAll("\\D+(\\d+).*", "$1"))
                .anyMatch(version -> Integer.parseInt(version) >= 17);
    }
}
