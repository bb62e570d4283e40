package io.jenkins.plugins.rollback.engine.vault;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Archives that others made: whatever tool wrote them comes back byte for byte. Up to
 * {@code -Dvault.jdk.bytes} of each kind, the smallest first; all of them with {@code -Pbench}.
 */
public class PublicArchivesTest {

    private static final long MOST = Long.getLong("vault.jdk.bytes", 4L << 20);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private FileVault vault;

    @Before
    public void open() throws IOException {
        vault = FileVault.open(folder.getRoot().toPath().resolve("vault"));
    }

    @Test
    public void thoseOfThisJava() throws Exception {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        assertThat(storeAndRead(below(home), 1)).isPositive();
    }

    /** Signed ones and some of the strangest among them. */
    @Test
    public void fiftyFromMavenCentral() throws Exception {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                .distinct()
                .toList();
        assertThat(storeAndRead(jars, 50)).isGreaterThanOrEqualTo(50);
    }

    private static List<Path> below(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(file -> file.toString().matches(".*\\.(jar|jmod|zip|war|tar|t?gz)"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    /** Returns how many there was room for; so many at the least. */
    private int storeAndRead(List<Path> archives, int least) throws IOException {
        List<Path> smallestFirst = new ArrayList<>(archives);
        smallestFirst.sort(comparing((Path file) -> file.toFile().length()).thenComparing(Path::toString));
        long left = MOST;
        int count = 0;
        for (Path archive : smallestFirst) {
            left -= Files.size(archive);
            if (left < 0 && count >= least) {
                break;
            }
            byte[] bytes = Files.readAllBytes(archive);
            String sha256 = Sha256.of(bytes);
            vault.put(sha256, new ByteArrayInputStream(bytes));
            try (InputStream in = vault.open(sha256)) {
                assertThat(in.readAllBytes()).as("%s", archive).isEqualTo(bytes);
            }
            count++;
        }
        assertThat(vault.verify()).isEmpty();
        return count;
    }
}
