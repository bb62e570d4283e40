package io.jenkins.plugins.rollback.engine.vault.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.archive.Archives;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Whatever happens to a pack between its writing and its reading back: what passes makes the file. */
public class WrittenTest {

    private static final String ID = "ab".repeat(16);
    private static final int FLIPS = Integer.getInteger("vault.flips", 40);

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final Random random = new Random(17);
    private Path pack;
    private int found;
    private int tried;

    @Before
    public void place() {
        pack = folder.getRoot().toPath().resolve("pack");
    }

    private Optional<Written> write(byte[] content) throws IOException {
        Path file = Files.write(folder.getRoot().toPath().resolve("file"), content);
        Files.deleteIfExists(pack);
        PackStore store =
                new PackStore(folder.newFolder().toPath(), folder.newFolder().toPath());
        return store.write(file, Sha256.of(content), pack, ID, sha256 -> Optional.empty(), 1);
    }

    private PackReader reader() {
        return new PackReader(id -> pack);
    }

    private byte[] rebuilt(PieceRef recipe) throws IOException {
        try (InputStream in = PackStore.open(reader(), recipe)) {
            return in.readAllBytes();
        }
    }

    /** Found, or harmless. */
    private void requireFound(Written written, byte[] content, String what) throws IOException {
        tried++;
        try (PackReader reader = reader()) {
            written.requireSame(reader);
        } catch (IOException | RuntimeException e) {
            found++;
            return;
        }
        assertThat(rebuilt(written.recipe())).as(what).isEqualTo(content);
    }

    @Test
    public void aFlippedBitOnTheDiskIsFoundOrHarmless() throws Exception {
        for (long seed = 0; seed < 12; seed++) {
            byte[] content = Archives.of(seed);
            Optional<Written> written = write(content);
            if (written.isPresent()) {
                byte[] good = Files.readAllBytes(pack);
                for (int i = 0; i < FLIPS; i++) {
                    byte[] bad = good.clone();
                    int at = random.nextInt(bad.length);
                    bad[at] ^= (byte) (1 << random.nextInt(8));
                    Files.write(pack, bad);
                    requireFound(written.get(), content, "archive " + seed + ", byte " + at);
                }
            }
        }
        assertThat(found).isGreaterThan(tried * 9 / 10).isPositive();
    }

    /** As if the checksums of the frames had been right: in pieces, in the recipe's operations and its structure. */
    @Test
    public void whatWasWrongAlreadyWhenItWasCompressedIsFoundOrHarmless() throws Exception {
        for (long seed = 0; seed < 12; seed++) {
            byte[] content = Archives.of(seed);
            Optional<Written> written = write(content);
            if (written.isPresent()) {
                byte[] good = Files.readAllBytes(pack);
                for (int i = 0; i < FLIPS; i++) {
                    Files.write(pack, good);
                    int group = damageGroup(i % 2 == 0);
                    requireFound(written.get(), content, "archive " + seed + ", group " + group);
                }
            }
        }
        assertThat(found).isGreaterThan(tried * 9 / 10).isPositive();
    }

    /** @param recipe whether in the last group, which is the recipe */
    private int damageGroup(boolean recipe) throws IOException {
        Path other = folder.getRoot().toPath().resolve("damaged");
        int damaged;
        try (PackFile file = PackFile.open(pack, ID);
                PackWriter writer = new PackWriter(other, ID)) {
            PackDirectory directory = file.directory();
            damaged = recipe
                    ? directory.groups().size() - 1
                    : random.nextInt(directory.groups().size());
            for (int i = 0; i < directory.groups().size(); i++) {
                Group group = directory.groups().get(i);
                byte[] data = file.read(group, new byte[0]); // of the first file of a store, and so without bases
                if (i == damaged) {
                    data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
                }
                writer.group(pieces(directory, group, data), List.of(), List.of(), new byte[0], 0, 1);
            }
            writer.finish(directory.owner(), directory.created());
        }
        Files.move(other, pack, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return damaged;
    }

    private static List<byte[]> pieces(PackDirectory directory, Group group, byte[] data) {
        List<byte[]> pieces = new ArrayList<>();
        for (int i = group.firstPiece(), at = 0; i < group.firstPiece() + group.pieces(); i++) {
            pieces.add(Arrays.copyOfRange(data, at, at + directory.lengths()[i]));
            at += directory.lengths()[i];
        }
        return pieces;
    }

    @Test
    public void aDirectoryThatWasWrongAlreadyIsFoundOrHarmless() throws Exception {
        for (long seed = 0; seed < 12; seed++) {
            byte[] content = Archives.of(seed);
            Optional<Written> written = write(content);
            if (written.isPresent()) {
                byte[] good = Files.readAllBytes(pack);
                for (int i = 0; i < FLIPS; i++) {
                    Files.write(pack, damagedDirectory(good));
                    requireFound(written.get(), content, "archive " + seed);
                }
            }
        }
        // the owner, the time and the pieces' hashes are in it, too, and say nothing about this file
        assertThat(found).isPositive();
    }

    private byte[] damagedDirectory(byte[] good) throws IOException {
        int trailer = good.length - PackFile.TRAILER;
        ByteBuffer ends = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        int offset = (int) ends.getLong(trailer);
        int length = ends.getInt(trailer + 8);
        byte[] raw = Zstd.decompress(
                Arrays.copyOfRange(good, offset, offset + length), new byte[0], ends.getInt(trailer + 12));
        raw[random.nextInt(raw.length)] ^= (byte) (1 << random.nextInt(8));
        byte[] frame = Zstd.compress(raw, new byte[0], 1);
        return ByteBuffer.allocate(offset + frame.length + PackFile.TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(good, 0, offset)
                .put(frame)
                .putLong(offset)
                .putInt(frame.length)
                .putInt(raw.length)
                .put(PackFile.END)
                .array();
    }

    @Test
    public void whatIsWholeIsTheSame() throws Exception {
        int taken = 0;
        for (long seed = 0; seed < 40; seed++) {
            byte[] content = Archives.of(seed);
            Optional<Written> written = write(content);
            if (written.isPresent()) {
                taken++;
                try (PackReader reader = reader()) {
                    assertThatCode(() -> written.get().requireSame(reader)).doesNotThrowAnyException();
                }
                assertThat(rebuilt(written.get().recipe())).isEqualTo(content);
                byte[] other = written.get().transcript();
                other[0]++;
                try (PackReader reader = reader()) {
                    assertThatThrownBy(() -> new Written(written.get().recipe(), other, Map.of()).requireSame(reader))
                            .hasMessageContaining("does not give back");
                }
            }
        }
        assertThat(taken).isGreaterThan(10);
    }

    @Test
    public void theSameFileIsTakenApartInTheSameWayWhateverThreadIsFaster() throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            byte[] content = Archives.of(seed);
            if (write(content).isPresent()) {
                byte[] first = Files.readAllBytes(pack);
                write(content);
                assertThat(Files.readAllBytes(pack)).isEqualTo(first);
            }
        }
    }
}
