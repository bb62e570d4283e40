package io.jenkins.plugins.rollback.engine.vault.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.rollback.engine.vault.deflate.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SplitterTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Collecting split(byte[] bytes) throws IOException {
        Collecting parts = new Collecting();
        Splitter.split(Region.of(bytes, bytes.length), folder.getRoot().toPath(), parts, KnownStreams.NONE);
        assertThat(folder.getRoot()).as("nothing is left").isEmptyDirectory();
        assertThat(parts.whole()).isEqualTo(bytes);
        return parts;
    }

    private static byte[] zip(String name, byte[] content, boolean stored) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(name);
            if (stored) {
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
            }
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    public void findsWhatIsInAJarInAJar() throws Exception {
        byte[] text = Samples.of(3, 5000);
        for (boolean stored : new boolean[] {true, false}) {
            Collecting parts = split(zip("lib/inner.jar", zip("A.class", text, false), stored));
            assertThat(parts.contents).containsExactly(text);
            assertThat(parts.deflated).isEqualTo(stored ? 1 : 2);
        }
    }

    @Test
    public void whatIsNoArchiveIsOneContent() throws Exception {
        byte[] text = "PK\3\4 is how a zip begins, 30 bytes at the least".getBytes(UTF_8);
        for (byte[] bytes : new byte[][] {{1}, Samples.of(1, 100_000), text}) {
            Collecting parts = split(bytes);
            assertThat(parts.deflated).isZero();
        }
        assertThat(split(new byte[0]).contents).isEmpty();
    }

    @Test
    public void aDeflaterThatNobodyKnowsIsKeptAsItIs() throws Exception {
        byte[] raw = Samples.of(5, 50_000);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater flushing = new Deflater(6, true);
        bytes.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3});
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, flushing, 512, true)) {
            out.write(raw, 0, 20_000);
            out.flush(); // an empty block in the middle, as web servers write it
            out.write(raw, 20_000, 30_000);
        }
        bytes.writeBytes(new byte[8]);
        Collecting parts = split(bytes.toByteArray());
        assertThat(parts.deflated).isZero();
        assertThat(parts.contents).hasSize(1);
    }

    @Test
    public void aBombIsNotUnfolded() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 70; i++) {
                out.write(zeros);
            }
        }
        Collecting parts = split(bytes.toByteArray());
        assertThat(parts.deflated).isZero();
    }

    @Test
    public void archivesInArchivesEndSomewhere() throws Exception {
        byte[] bytes = Samples.of(9, 2000);
        for (int i = 0; i < 20; i++) {
            bytes = zip("deeper.zip", bytes, false);
        }
        assertThat(split(bytes).deflated).isEqualTo(Budget.DEEPEST);
    }

    @Test
    public void largeMembersAreLookedAtInAFile() throws Exception {
        byte[] raw = Samples.of(12, 5 << 20);
        Collecting parts = split(zip("large", raw, false));
        assertThat(parts.deflated).isEqualTo(1);
        assertThat(parts.contents).singleElement().isEqualTo(raw);
    }

    @Test
    public void aFileIsReadWhereItIs() throws Exception {
        byte[] bytes = zip("a", Samples.of(4, 100_000), false);
        Path file = Files.write(folder.newFolder().toPath().resolve("a.zip"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            Collecting parts = new Collecting();
            Splitter.split(Region.of(channel), file.getParent(), parts, KnownStreams.NONE);
            assertThat(parts.whole()).isEqualTo(bytes);
            assertThat(parts.deflated).isEqualTo(1);
            assertThat(Splitter.isArchive(Region.of(channel))).isTrue();
        }
        assertThat(Splitter.isArchive(Region.of(Arrays.copyOf(bytes, 3), 3))).isFalse();
    }
}
