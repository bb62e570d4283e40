package io.jenkins.plugins.rollback.engine.vault.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Pieces that arrived, for when they come again; in a temporary file that goes when it is closed. */
final class PieceSpool implements Closeable {

    private static final long NONE = -1;

    private final long[] offsets;
    private final int[] lengths;
    private final FileChannel file;
    private long end;

    /** @param pieces how many there may be */
    PieceSpool(Path temporary, int pieces) throws IOException {
        offsets = new long[pieces];
        Arrays.fill(offsets, NONE);
        lengths = new int[pieces];
        file = FileChannel.open(
                Files.createTempFile(temporary, "pieces-", ".tmp"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    void put(int number, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        offsets[number] = end;
        lengths[number] = bytes.length;
        while (buffer.hasRemaining()) {
            end += file.write(buffer, end);
        }
    }

    boolean has(int number) {
        return offsets[number] != NONE;
    }

    byte[] get(int number) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(lengths[number]);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offsets[number] + buffer.position()) <= 0) {
                throw new IOException("a temporary file became shorter");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
