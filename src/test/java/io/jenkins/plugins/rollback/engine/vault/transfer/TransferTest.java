package io.jenkins.plugins.rollback.engine.vault.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.vault.FileEntry;
import io.jenkins.plugins.rollback.engine.vault.FileVault;
import io.jenkins.plugins.rollback.engine.vault.Jars;
import io.jenkins.plugins.rollback.engine.vault.archive.Archives;
import io.jenkins.plugins.rollback.engine.vault.pack.PieceHash;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Archives that are taken apart on one side and put together on the other. */
public class TransferTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Path dir;
    private FileVault vault;
    private Sides sides;

    @Before
    public void open() throws IOException {
        dir = folder.getRoot().toPath().resolve("vault");
        vault = FileVault.open(dir);
        sides = new Sides(folder.getRoot().toPath(), vault);
    }

    @After
    public void nothingIsLeftAside() throws IOException {
        assertThat(sides.temporary()).isEmptyDirectory();
        assertThat(dir.resolve("tmp")).isEmptyDirectory();
        assertThat(vault.verify()).isEmpty();
    }

    private byte[] read(FileEntry file) throws IOException {
        try (InputStream in = vault.open(file.sha256())) {
            return in.readAllBytes();
        }
    }

    private static byte[] zip(byte[]... contents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < contents.length; i++) {
                zip.putNextEntry(new ZipEntry("entry-" + i));
                zip.write(contents[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    public void archivesOfAllKindsArriveByteForByteInOneTransfer() throws Exception {
        Map<FileEntry, byte[]> files = new LinkedHashMap<>();
        for (int seed = 0; seed < 80; seed++) {
            byte[] archive = Archives.of(seed);
            files.put(sides.file("archive-" + seed, archive), archive);
        }
        List<FileEntry> whole = sides.transfer(Set.of(), files.keySet().toArray(FileEntry[]::new));
        assertThat(sides.stored).hasSizeGreaterThan(30);
        List<FileEntry> all = new ArrayList<>(whole);
        all.addAll(sides.stored);
        assertThat(all).containsExactlyInAnyOrderElementsOf(files.keySet());
        for (FileEntry file : sides.stored) {
            assertThat(read(file)).as(file.path()).isEqualTo(files.get(file));
        }
    }

    @Test
    public void theNextVersionOfAJarSendsAFewPerCent() throws Exception {
        byte[] jar = Jars.of(1, 400);
        FileEntry first = sides.file("1.jar", jar);
        FileEntry second = sides.file("2.jar", Jars.of(2, 400));
        assertThat(sides.transfer(Set.of(), first)).isEmpty();
        assertThat(sides.bytes).isBetween(jar.length / 2L, jar.length + 1000L);
        assertThat(sides.transfer(Set.of(first.sha256()), second)).isEmpty();
        assertThat(sides.bytes).isLessThan(jar.length / 10);
        assertThat(read(second)).isEqualTo(Jars.of(2, 400));
    }

    @Test
    public void piecesThatOnlyAnotherServiceHasAreSent() throws Exception {
        byte[] jar = Jars.of(1, 100);
        assertThat(sides.transfer(Set.of(), sides.file("1.jar", jar))).isEmpty();
        long before = sides.bytes;
        FileEntry second = sides.file("2.jar", Jars.of(2, 100));
        assertThat(sides.transfer(Set.of(), second)).isEmpty();
        assertThat(sides.bytes).isGreaterThan(before * 9 / 10);
        assertThat(sides.added).as("though stored once").isLessThan(jar.length / 10);
    }

    @Test
    public void nobodyGetsAPieceByNamingItsHash() throws Exception {
        byte[] secret = noise(7, 20_000);
        assertThat(sides.transfer(Set.of(), sides.file("theirs.zip", zip(secret))))
                .isEmpty();
        FileEntry mine = sides.file("mine.zip", zip(noise(8, 20_000)));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteBuffer announced = ByteBuffer.allocate(5 + PieceHash.LENGTH);
        PieceHash.ofPiece(secret).write(announced.put((byte) Wire.APART).putInt(1));
        said.writeBytes(announced.array());
        said.writeBytes(new byte[] {Wire.NEW, Wire.DONE}); // as if it were held
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        assertThatThrownBy(() -> sides.hear(Set.of(), said.toByteArray(), answer, mine))
                .isInstanceOf(IOException.class);
        assertThat(answer.toByteArray()).containsExactly(0);
        assertThat(vault.missing(Set.of(mine.sha256()))).hasSize(1);
    }

    @Test
    public void whatCameBeforeInTheSameTransferNeedNotComeAgain() throws Exception {
        byte[] library = noise(1, 200_000);
        FileEntry one = sides.file("one.zip", zip(library, noise(2, 1000), library));
        FileEntry two = sides.file("two.zip", zip(noise(3, 1000), library));
        assertThat(sides.transfer(Set.of(), one, two)).isEmpty();
        assertThat(sides.bytes).isBetween(200_000L, 210_000L);
        assertThat(read(one))
                .isEqualTo(Files.readAllBytes(folder.getRoot().toPath().resolve("files/one.zip")));
    }

    @Test
    public void whatIsThereMustBeShownAllTheSame() throws Exception {
        FileEntry jar = sides.file("1.jar", Jars.of(1, 100));
        sides.transfer(Set.of(), jar);
        long first = sides.bytes;
        assertThat(sides.transfer(Set.of(), jar)).isEmpty();
        assertThat(sides.bytes).isBetween(first - 100, first + 100);
        assertThat(sides.added).isZero();
        try (Stream<Path> packs = Files.list(dir.resolve("packs"))) {
            assertThat(packs).hasSize(1);
        }
        byte[] other = Jars.of(2, 100);
        FileEntry liar = new FileEntry(sides.file("2.jar", other).path(), other.length, 0644, jar.sha256(), null);
        assertThat(sides.transfer(Set.of(), liar)).as("has to be sent whole").containsExactly(liar);
    }

    @Test
    public void whatIsNoArchiveOrHasChangedIsToBeSentWhole() throws Exception {
        FileEntry plain = sides.file("plain", noise(1, 50_000));
        FileEntry small = sides.file("small.zip", zip(new byte[10]));
        FileEntry grown = sides.file("grown.jar", Jars.of(1, 50));
        sides.file("grown.jar", Jars.of(1, 51));
        FileEntry changed = sides.file("changed.zip", zip(noise(1, 50_000)));
        sides.file("changed.zip", zip(noise(2, 50_000)));
        FileEntry good = sides.file("good.zip", zip(noise(3, 50_000)));
        assertThat(sides.transfer(Set.of(), plain, small, grown, changed, good))
                .containsExactly(plain, small, grown, changed);
        assertThat(sides.stored).containsExactly(good);
    }

    @Test
    public void aSenderThatGoesAwayLeavesNothingOfItsFile() throws Exception {
        FileEntry first = sides.file("1.zip", zip(noise(1, 50_000)));
        FileEntry second = sides.file("2.zip", zip(noise(2, 50_000)));
        byte[] said = sides.say(first, second);
        assertThatThrownBy(() -> sides.hear(Arrays.copyOf(said, said.length - 10_000), first, second))
                .isInstanceOf(EOFException.class);
        assertThat(sides.stored).containsExactly(first);
        assertThat(vault.missing(Set.of(first.sha256(), second.sha256()))).containsExactly(second.sha256());
        assertThat(sides.hear(said, first, second)).isEmpty();
    }

    @Test
    public void nothingMayComeAfterTheLastFile() throws Exception {
        FileEntry file = sides.file("1.zip", zip(noise(1, 50_000)));
        byte[] said = sides.say(file);
        assertThatThrownBy(() -> sides.hear(Arrays.copyOf(said, said.length + 1), file))
                .hasMessage("more arrived than was asked for");
    }

    @Test
    public void aFileThatVanishedIsNamed() throws Exception {
        FileEntry file = sides.file("1.zip", zip(noise(1, 50_000)));
        Files.delete(folder.getRoot().toPath().resolve("files/1.zip"));
        assertThatThrownBy(() -> sides.say(file)).hasMessageContaining("cannot read '1.zip' any more");
    }
}
