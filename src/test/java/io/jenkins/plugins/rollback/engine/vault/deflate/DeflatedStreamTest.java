package io.jenkins.plugins.rollback.engine.vault.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DeflatedStreamTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static byte[] ours(byte[] raw, DeflateProfile profile) throws IOException {
        try (InputStream in = new DeflatedStream(new ByteArrayInputStream(raw), profile)) {
            return in.readAllBytes();
        }
    }

    /** By the zlib of this Java, fed as ZipOutputStream or a tool that has everything at hand feeds it. */
    private static byte[] platforms(byte[] raw, int level, int chunk) {
        Deflater deflater = new Deflater(level, true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[512];
        for (int from = 0; from < raw.length; from += chunk) {
            deflater.setInput(raw, from, Math.min(chunk, raw.length - from));
            while (!deflater.needsInput()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    @Test
    public void equalsZlibOnEveryLevelAndKindOfInput() throws Exception {
        Random random = new Random(4);
        int cases = Integer.getInteger("vault.deflate.cases", 24);
        for (int i = 0; i < cases; i++) {
            int length = i < 4 ? i : random.nextInt(i % 5 == 0 ? 400_000 : 20_000);
            byte[] raw = Samples.of(i, length);
            for (int level = 1; level <= 9; level++) {
                byte[] expected = platforms(raw, level, i % 2 == 0 ? Math.max(1, raw.length) : 8192);
                assertThat(Arrays.mismatch(ours(raw, DeflateProfile.valueOf("ZLIB_" + level)), expected))
                        .as("input %d of %d bytes, level %d", i, length, level)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    public void whateverTheProfileAnInflaterGetsTheInputBack() throws Exception {
        for (DeflateProfile profile : DeflateProfile.values()) {
            byte[] raw = Samples.of(profile.code(), 150_000);
            assertThat(inflate(ours(raw, profile), raw.length))
                    .as("%s", profile)
                    .isEqualTo(raw);
            assertThat(DeflateProfile.of(profile.code())).isEqualTo(profile);
        }
        assertThat(DeflateProfile.byLikelihood()).containsExactlyInAnyOrder(DeflateProfile.values());
    }

    private static byte[] inflate(byte[] deflated, int length) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflated);
        byte[] raw = new byte[length];
        int at = 0;
        while (at < length && !inflater.finished()) {
            at += inflater.inflate(raw, at, length - at);
        }
        assertThat(inflater.inflate(new byte[1])).isZero();
        assertThat(inflater.finished()).isTrue();
        inflater.end();
        return raw;
    }

    @Test
    public void equalsTheDeflaterOfGnuGzip() throws Exception {
        assertThat(output("gzip", "--version")).as("GNU's").startsWith("gzip ");
        int cases = Integer.getInteger("vault.deflate.cases", 24) / 4;
        for (int i = 0; i < cases; i++) {
            byte[] raw = Samples.of(1000 + i, 1 + 40_000 * i);
            Path file = folder.newFile().toPath();
            Files.write(file, raw);
            for (int level = 1; level <= 9; level++) {
                byte[] gz = run("gzip", "-nc" + level, file.toString());
                byte[] expected = Arrays.copyOfRange(gz, 10, gz.length - 8); // between header and trailer
                assertThat(Arrays.mismatch(ours(raw, DeflateProfile.valueOf("GZIP_" + level)), expected))
                        .as("input %d, level %d", i, level)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    public void isAsLongAsWhatMadeTheJarOfThisJava() throws Exception {
        Path home = Path.of(System.getProperty("java.home"));
        int entries = 0;
        Path jar = home.resolve("lib/jrt-fs.jar");
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getMethod() == ZipEntry.DEFLATED) {
                    byte[] raw = zip.getInputStream(entry).readAllBytes();
                    assertThat(ours(raw, DeflateProfile.ZLIB_6)).hasSize((int) entry.getCompressedSize());
                    entries++;
                }
            }
        }
        assertThat(entries).isPositive();
    }

    private static String output(String... command) throws IOException, InterruptedException {
        try {
            return new String(run(command));
        } catch (IOException e) {
            return ""; // there is none
        }
    }

    private static byte[] run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return out;
    }
}
