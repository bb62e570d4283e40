package io.jenkins.plugins.rollback.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.archive.Archives;
import io.jenkins.plugins.rollback.engine.vault.pack.PackStore;
import io.jenkins.plugins.rollback.engine.vault.pack.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The vault with contents that it takes apart. */
public class PackedVaultTest {

    private static final ReleaseId V1 = new ReleaseId("shop", "1");
    private static final ReleaseId V2 = new ReleaseId("shop", "2");
    private static final ReleaseId V3 = new ReleaseId("shop", "3");

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path dir;
    private FileVault vault;

    @Before
    public void open() throws IOException {
        assertThat(Zstd.isAvailable()).isTrue();
        dir = folder.getRoot().toPath().resolve("vault");
        vault = FileVault.open(dir);
    }

    private String put(byte[] content) throws IOException {
        String sha256 = Sha256.of(content);
        vault.put(sha256, new ByteArrayInputStream(content));
        return sha256;
    }

    private Retained retain(ReleaseId id, byte[] jar) throws IOException {
        Path file = folder.newFolder().toPath().resolve("app.jar");
        Files.write(file, jar);
        return new LocalRetainer(vault).retain(id, List.of(file));
    }

    private byte[] read(String sha256) throws IOException {
        try (InputStream in = vault.open(sha256)) {
            return in.readAllBytes();
        }
    }

    private byte[] read(ReleaseId id) throws IOException {
        return read(vault.manifest(id).orElseThrow().files().get(0).sha256());
    }

    private long size(String part) throws IOException {
        long size = 0;
        for (Path file : files(part)) {
            size += Files.size(file);
        }
        return size;
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> all = Files.walk(dir.resolve(part))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private FileVault inTwoDays() throws IOException {
        return FileVault.open(dir, Clock.fixed(Clock.systemUTC().instant().plus(Duration.ofDays(2)), ZoneOffset.UTC));
    }

    @Test
    public void archivesOfAllKindsComeBackByteForByte() throws Exception {
        int count = Integer.getInteger("vault.archives", 100);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (long seed = 0; seed < count; seed++) {
            byte[] archive = Archives.of(seed);
            contents.put(put(archive), archive);
        }
        FileVault again = FileVault.open(dir);
        for (Map.Entry<String, byte[]> content : contents.entrySet()) {
            try (InputStream in = again.open(content.getKey())) {
                assertThat(in.readAllBytes()).isEqualTo(content.getValue());
            }
        }
        assertThat(again.missing(contents.keySet())).isEmpty();
        assertThat(again.verify()).isEmpty();
        assertThat(files("recipes")).as("some were taken apart").hasSizeGreaterThan(count / 5);
        assertThat(files("tmp")).isEmpty();
    }

    @Test
    public void theNextReleaseCostsLittle() throws Exception {
        Retained first = retain(V1, Jars.of(1, 60));
        Retained second = retain(V2, Jars.of(2, 60));
        assertThat(first.storedBytes()).isLessThan(first.manifest().bytes());
        assertThat(second.storedBytes()).isLessThan(second.manifest().bytes() / 10);
        assertThat(size("")).isLessThan(second.manifest().bytes());
        assertThat(files("blobs")).isEmpty();
        assertThat(read(V1)).isEqualTo(Jars.of(1, 60));
        assertThat(read(V2)).isEqualTo(Jars.of(2, 60));
        assertThat(retain(V2, Jars.of(2, 60)).storedBytes()).isZero();
    }

    @Test
    public void servicesShareWhatIsEqual() throws Exception {
        retain(V1, Jars.of(1, 60));
        long other = retain(new ReleaseId("cart", "1"), Jars.of(2, 60)).storedBytes();
        assertThat(other).isLessThan(Jars.of(2, 60).length / 10);
    }

    @Test
    public void noisePaysNothing() throws Exception {
        byte[] noise = new byte[300_000];
        new Random(1).nextBytes(noise);
        assertThat(vault.put(Sha256.of(noise), new ByteArrayInputStream(noise))).isEqualTo(noise.length);
        assertThat(files("packs")).isEmpty();
        assertThat(size("")).isLessThan((long) (noise.length * 1.02));
    }

    @Test
    public void anArchiveThatWouldTakeMinutesIsLeftWhole() throws Exception {
        Path large = folder.getRoot().toPath().resolve("large.zip");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.write(Jars.of(1, 3));
            file.setLength((256 << 20) + 1);
        }
        Path target = folder.getRoot().toPath().resolve("pack");
        assertThat(new PackStore(dir, dir)
                        .write(large, "00".repeat(32), target, "00".repeat(16), id -> Optional.empty(), 0))
                .isEmpty();
        assertThat(target).doesNotExist();
    }

    @Test
    public void plainFilesAreCompressed() throws Exception {
        byte[] text =
                "all work and no play makes Jack a dull boy\n".repeat(300_000).getBytes();
        assertThat(read(put(text))).isEqualTo(text);
        assertThat(size("")).isLessThan(text.length / 100);
    }

    @Test
    public void gcKeepsWhatTheLivingRestOn() throws Exception {
        for (ReleaseId id : List.of(V1, V2, V3)) {
            retain(id, Jars.of(Integer.parseInt(id.version()), 60));
        }
        long before = size("");
        FileVault later = inTwoDays();
        Collected would = later.gc(Set.of(V3), true);
        assertThat(would.releases()).containsExactly(V1, V2);
        assertThat(would.contents()).isEqualTo(2);
        assertThat(size("")).isEqualTo(before);
        Collected did = later.gc(Set.of(V3), false);
        assertThat(did.bytes()).isEqualTo(would.bytes());
        assertThat(before - size("")).isPositive();
        assertThat(read(V3)).isEqualTo(Jars.of(3, 60));
        assertThat(vault.verify()).isEmpty();

        // what went is stored again, by a vault that was open before and after
        retain(V1, Jars.of(1, 60));
        assertThat(read(V1)).isEqualTo(Jars.of(1, 60));
        assertThat(later.verify()).isEmpty();

        inTwoDays().gc(Set.of(), false);
        assertThat(files("packs")).isEmpty();
        assertThat(files("recipes")).isEmpty();
    }

    @Test
    public void aReaderThatBeganBeforeACleanUpReadsOn() throws Exception {
        byte[] jar = Jars.of(1, 200);
        retain(V1, jar);
        String sha256 = vault.manifest(V1).orElseThrow().files().get(0).sha256();
        try (InputStream in = vault.open(sha256)) {
            byte[] begin = in.readNBytes(1000);
            inTwoDays().gc(Set.of(), false);
            assertThat(begin).isEqualTo(Arrays.copyOf(jar, 1000));
            assertThat(in.readAllBytes()).hasSize(jar.length - 1000);
        }
        assertThatThrownBy(() -> vault.open(sha256)).hasMessageContaining("has no content " + sha256);
    }

    @Test
    public void aFlippedBitIsFound() throws Exception {
        retain(V1, Jars.of(1, 60));
        Path pack = files("packs").get(0);
        byte[] bytes = Files.readAllBytes(pack);
        for (int at : new int[] {0, 5000, bytes.length / 2, bytes.length - 30, bytes.length - 1}) {
            byte[] broken = bytes.clone();
            broken[at] ^= 4;
            Files.write(pack, broken);
            assertThat(vault.verify()).singleElement().asString().contains("shop/1", "'app.jar'");
            assertThatThrownBy(() -> read(V1)).isInstanceOf(IOException.class);
        }
        Files.write(pack, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(vault.verify())
                .singleElement()
                .asString()
                .contains(pack.getFileName().toString());
        assertThatThrownBy(() -> inTwoDays().gc(Set.of(V1), false)).hasMessageContaining("damaged");
        Files.write(pack, bytes);
        assertThat(vault.verify()).isEmpty();

        // a damaged pack of others does not keep anybody from retaining
        Files.write(pack, new byte[100]);
        retain(V2, Jars.of(2, 60));
        assertThat(read(V2)).isEqualTo(Jars.of(2, 60));
        assertThat(files("packs")).hasSize(2);
    }

    @Test
    public void aVaultOfTheFirstFormatIsReadAndGoesOn() throws Exception {
        Files.writeString(dir.resolve("format"), "release-rollback vault 1\n");
        String old = Sha256.of("whole".getBytes());
        Files.createDirectories(dir.resolve("blobs").resolve(old.substring(0, 2)));
        Files.writeString(dir.resolve("blobs").resolve(old.substring(0, 2)).resolve(old), "whole");
        vault = FileVault.open(dir);
        assertThat(vault.missing(Set.of(old))).isEmpty();
        assertThat(read(old)).isEqualTo("whole".getBytes());
        retain(V1, Jars.of(1, 60));
        assertThat(dir.resolve("format")).hasContent("release-rollback vault 2");
    }
}
