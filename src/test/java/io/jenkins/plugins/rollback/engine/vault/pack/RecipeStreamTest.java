package io.jenkins.plugins.rollback.engine.vault.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Members that are deflated ahead, and those that are too large for it, in one another. */
public class RecipeStreamTest {

    private static final String ID = "cd".repeat(16);

    /** Of text: below and above what is gathered. */
    private static final int SMALL = 40_000;

    private static final int LARGE = 9 << 20;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    /** What repeats itself from farther than a deflater sees: a pack of it is smaller than the archive. */
    private static byte[] text(int seed, int length) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        while (text.length() < Math.min(length, 100_000)) {
            text.append("line ")
                    .append(random.nextInt())
                    .append(" of ")
                    .append(seed)
                    .append('\n');
        }
        byte[] once = text.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] again = new byte[length];
        for (int i = 0; i < length; i++) {
            again[i] = once[i % once.length];
        }
        return again;
    }

    private static byte[] zip(byte[]... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < members.length; i++) {
                zip.putNextEntry(new ZipEntry("member-" + i));
                zip.write(members[i]);
            }
        }
        return bytes.toByteArray();
    }

    private Written write(byte[] content, Path pack) throws IOException {
        Path file = Files.write(folder.newFile().toPath(), content);
        return new PackStore(folder.newFolder().toPath(), folder.newFolder().toPath())
                .write(file, Sha256.of(content), pack, ID, sha256 -> Optional.empty(), 1)
                .orElseThrow();
    }

    private void comesBack(byte[] content) throws IOException {
        Path pack = folder.newFolder().toPath().resolve("pack");
        Written written = write(content, pack);
        try (InputStream in = PackStore.open(new PackReader(id -> pack), written.recipe())) {
            // not in one go: as a channel to an agent would read it
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            byte[] buffer = new byte[7777];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                back.write(buffer, 0, n);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(Sha256.of(back.toByteArray())).isEqualTo(Sha256.of(content));
        }
    }

    @Test
    public void smallAndLargeMembersComeBackInTheirOrder() throws Exception {
        comesBack(zip(text(1, SMALL), text(2, LARGE), text(3, SMALL), text(4, SMALL)));
        comesBack(zip(text(2, LARGE), text(1, SMALL)));
    }

    @Test
    public void anArchiveInAnArchiveIsDeflatedTwice() throws Exception {
        byte[] small = zip(text(1, SMALL), text(2, SMALL));
        byte[] large = zip(text(3, SMALL), zip(text(4, LARGE), text(5, SMALL)), text(6, SMALL));
        comesBack(zip(small, large, text(7, SMALL), small, zip(small, zip(small))));
    }

    @Test
    public void thousandsOfSmallMembersComeBack() throws Exception {
        byte[][] members = new byte[6000][];
        for (int i = 0; i < members.length; i++) {
            members[i] = text(i % 50, 100 + i);
        }
        comesBack(zip(members));
    }

    @Test
    public void whoStopsReadingEarlyIsInNobodysWay() throws Exception {
        Path pack = folder.newFolder().toPath().resolve("pack");
        Written written = write(zip(text(1, SMALL), text(2, SMALL), text(3, LARGE)), pack);
        for (int i = 0; i < 20; i++) {
            try (InputStream in = PackStore.open(new PackReader(id -> pack), written.recipe())) {
                assertThat(in.read()).isEqualTo('P');
            }
        }
        anArchiveInAnArchiveIsDeflatedTwice();
    }
}
