package io.jenkins.plugins.rollback.engine.vault.pack;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * An open pack. A clean-up may meanwhile put another file with fewer groups in its place; what is open stays as it was.
 */
final class PackFile implements Closeable {

    static final byte[] BEGIN = "RRPACK1\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] END = "RRPEND1\n".getBytes(StandardCharsets.US_ASCII);

    /** Offset and length of the directory's frame, size of the directory, the mark at the end. */
    static final int TRAILER = 8 + 4 + 4 + 8;

    private static final int LARGEST_DIRECTORY = 1 << 28;

    private final Path file;
    private final FileChannel channel;
    private final PackDirectory directory;

    private PackFile(Path file, FileChannel channel, PackDirectory directory) {
        this.file = file;
        this.channel = channel;
        this.directory = directory;
    }

    /** @throws IOException naming the file when it is absent or no pack */
    static PackFile open(Path file, String id) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new PackFile(file, channel, directory(channel, id));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("the pack " + file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static PackDirectory directory(FileChannel channel, String id) throws IOException {
        long size = channel.size();
        if (size < BEGIN.length + TRAILER || !Arrays.equals(read(channel, 0, BEGIN.length), BEGIN)) {
            throw new IOException("it does not begin as a pack");
        }
        ByteBuffer trailer =
                ByteBuffer.wrap(read(channel, size - TRAILER, TRAILER)).order(ByteOrder.LITTLE_ENDIAN);
        long offset = trailer.getLong();
        int length = trailer.getInt();
        int rawLength = trailer.getInt();
        if (!Arrays.equals(trailer.array(), TRAILER - END.length, TRAILER, END, 0, END.length)
                || rawLength < 0
                || rawLength > LARGEST_DIRECTORY
                || length < 0
                || offset != size - TRAILER - length) {
            throw new IOException("it does not end as a pack");
        }
        return PackDirectory.parse(id, Zstd.decompress(read(channel, offset, length), new byte[0], rawLength));
    }

    PackDirectory directory() {
        return directory;
    }

    /** The frame of a group. */
    byte[] frame(Group group) throws IOException {
        if (group.isDropped()) {
            throw new IOException("the pack " + file + " no longer has this group");
        }
        return read(channel, group.offset(), group.length());
    }

    /** The pieces of a group, one after the other. */
    byte[] read(Group group, byte[] dictionary) throws IOException {
        try {
            return Zstd.decompress(frame(group), dictionary, group.size());
        } catch (IOException e) {
            throw new IOException(
                    "the pack " + file + " is damaged at byte " + group.offset() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] read(FileChannel channel, long at, int length) throws IOException {
        if (at < 0 || at + length > channel.size()) {
            throw new EOFException("it is cut off");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("it is cut off");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
