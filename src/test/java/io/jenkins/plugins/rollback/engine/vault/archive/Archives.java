package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes archives of all kinds, sound and broken ones, from a seed. */
public final class Archives {

    private static final int DEEPEST = 3;

    private final Random random;

    private Archives(long seed) {
        random = new Random(seed);
    }

    /** The archive of a seed: a zip, tar, gzip or tar.gz, with others in it; one in four damaged in some way. */
    public static byte[] of(long seed) {
        Archives archives = new Archives(seed);
        try {
            byte[] archive = archives.any(0);
            return archives.random.nextInt(4) == 0 ? archives.damaged(archive) : archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] any(int depth) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> tar(depth);
            case 1 -> gzip(tar(depth));
            case 2 -> gzips();
            case 3 -> concat(noise(random.nextInt(3000)), zip(depth)); // a program that unpacks itself
            default -> zip(depth);
        };
    }

    private byte[] content(int depth) throws IOException {
        if (depth < DEEPEST && random.nextInt(6) == 0) {
            return any(depth + 1);
        }
        int length = random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(3000);
        // few seeds, so that the same content comes again
        return Samples.of(random.nextInt(200), length);
    }

    private byte[] zip(int depth) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            if (random.nextBoolean()) {
                zip.setComment("comment " + "c".repeat(random.nextInt(200)));
            }
            int entries = random.nextInt(12);
            for (int i = 0; i < entries; i++) {
                zip.setLevel(random.nextInt(3) == 0 ? random.nextInt(10) : Deflater.DEFAULT_COMPRESSION);
                add(zip, "folder " + i + "/entry-" + random.nextInt(1000) + "-" + i, content(depth));
            }
        }
        byte[] made = bytes.toByteArray();
        return random.nextInt(5) == 0 ? concat(local(content(depth)), made) : made;
    }

    private void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(random.nextInt(8) == 0 ? name + "/" : name);
        entry.setTime(1_000_000_000_000L + random.nextInt());
        if (random.nextBoolean()) {
            entry.setComment("of the entry");
            byte[] extra = {(byte) 0xca, (byte) 0xfe, 2, 0, 1, 2};
            entry.setExtra(extra);
        }
        boolean folder = entry.isDirectory();
        if (folder || random.nextInt(3) == 0) {
            CRC32 crc = new CRC32();
            crc.update(content, 0, folder ? 0 : content.length);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(folder ? 0 : content.length);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        if (!folder) {
            zip.write(content);
        }
        zip.closeEntry();
    }

    /** A stored member as zip64 writes it, or encrypted, or of an unknown method or size; without a directory. */
    private byte[] local(byte[] content) {
        byte[] name = "large".getBytes(StandardCharsets.US_ASCII);
        boolean zip64 = random.nextBoolean();
        int flags = random.nextInt(3) == 0 ? 1 : random.nextInt(3) == 0 ? 8 : 0;
        ByteBuffer header =
                ByteBuffer.allocate(30 + name.length + (zip64 ? 20 : 0)).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0x04034b50)
                .putShort((short) 45)
                .putShort((short) flags)
                .putShort((short) (random.nextInt(4) == 0 ? 12 : 0))
                .putInt(0)
                .putInt(0)
                .putInt(zip64 ? -1 : flags == 8 ? 0 : content.length)
                .putInt(zip64 ? -1 : flags == 8 ? 0 : content.length)
                .putShort((short) name.length)
                .putShort((short) (zip64 ? 20 : 0))
                .put(name);
        if (zip64) {
            header.putShort((short) 1)
                    .putShort((short) 16)
                    .putLong(content.length)
                    .putLong(content.length);
        }
        return concat(header.array(), content);
    }

    private byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int level = 1 + random.nextInt(9);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(level);
            }
        }) {
            gzip.write(content);
        }
        byte[] made = bytes.toByteArray();
        if (random.nextBoolean()) {
            made[3] = 8; // with a name
            made = concat(
                    Arrays.copyOf(made, 10),
                    "name.tar\0".getBytes(StandardCharsets.US_ASCII),
                    Arrays.copyOfRange(made, 10, made.length));
        }
        return made;
    }

    /** Several members one after the other, and perhaps something behind them. */
    private byte[] gzips() throws IOException {
        byte[] all = new byte[0];
        for (int i = random.nextInt(3); i >= 0; i--) {
            all = concat(all, gzip(Samples.of(random.nextInt(50), random.nextInt(20_000))));
        }
        return concat(all, noise(random.nextInt(2) * random.nextInt(100)));
    }

    private byte[] tar(int depth) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(8); i >= 0; i--) {
            byte[] content = content(depth);
            boolean folder = random.nextInt(6) == 0;
            out.writeBytes(tarHeader("dir/file-" + i, folder ? 0 : content.length, folder ? '5' : '0'));
            if (!folder) {
                out.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
            }
        }
        out.writeBytes(new byte[random.nextInt(4) * 512]);
        return out.toByteArray();
    }

    private byte[] tarHeader(String name, int size, char type) {
        byte[] header = new byte[512];
        text(header, 0, name);
        text(header, 100, "0000644");
        text(header, 124, String.format("%011o", size));
        text(header, 136, String.format("%011o", random.nextInt(1 << 30)));
        header[156] = (byte) type;
        text(header, 257, "ustar");
        text(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, String.format("%06o\0", sum));
        return header;
    }

    private static void text(byte[] target, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    /** Cut off, with flipped bits, or with a part that overlaps another. */
    private byte[] damaged(byte[] archive) {
        if (archive.length < 10) {
            return archive;
        }
        byte[] copy = archive.clone();
        switch (random.nextInt(3)) {
            case 0 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
            case 1 -> {
                for (int i = 0; i < 5; i++) {
                    copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            default -> {
                int length = random.nextInt(copy.length / 2);
                System.arraycopy(copy, random.nextInt(copy.length - length), copy, copy.length - length, length);
            }
        }
        return copy;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
