package io.jenkins.plugins.rollback.engine.vault.archive;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a deflate stream holds, and where it ends: neither is taken from a header. In memory while it is small, in a
 * temporary file from then on, so that its size does not matter.
 */
final class Inflated implements Closeable {

    private static final int BUFFER = 64 * 1024;

    /** Most members are small, and what is read beyond their end is read for nothing. */
    private static final int FIRST_READ = 4 * 1024;

    private static final int IN_MEMORY = 4 << 20;

    /** What there is when there is no such stream. */
    private static final Inflated NONE = new Inflated(null, -1, null);

    private final Region raw;
    private final long deflatedSize;
    private final FileChannel file;

    private Inflated(Region raw, long deflatedSize, FileChannel file) {
        this.raw = raw;
        this.deflatedSize = deflatedSize;
        this.file = file;
    }

    /** Whether there is no deflate stream at all; then nothing else may be asked. */
    boolean isNone() {
        return raw == null;
    }

    Region raw() {
        return raw;
    }

    /** Bytes of the deflate stream, to the end of its last block. */
    long deflatedSize() {
        return deflatedSize;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /**
     * Inflates the stream at the beginning of a region.
     *
     * @param temporary folder for what is large; nothing is left there
     * @param most bytes that it may hold
     * @return {@link #isNone()} when it is none, is cut off or holds more
     */
    static Inflated of(Region region, Path temporary, long most) throws IOException {
        Inflater inflater = new Inflater(true);
        Output out = new Output(temporary);
        boolean done = false;
        try {
            byte[] buffer = new byte[4 * FIRST_READ];
            int chunk = FIRST_READ;
            long read = 0;
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    int n = (int) Math.min(chunk, region.size() - read);
                    if (n == 0) {
                        return NONE;
                    }
                    inflater.setInput(region.read(read, n));
                    read += n;
                    chunk = Math.min(BUFFER, 2 * chunk);
                }
                int n = inflater.inflate(buffer);
                if (n == 0 && !inflater.finished() && !inflater.needsInput() || inflater.needsDictionary()) {
                    return NONE;
                }
                out.write(buffer, n);
                if (out.size > most) {
                    return NONE;
                }
            }
            done = true;
            return new Inflated(out.region(), read - inflater.getRemaining(), out.file);
        } catch (DataFormatException e) {
            return NONE;
        } finally {
            inflater.end();
            if (!done && out.file != null) {
                out.file.close();
            }
        }
    }

    /** Memory first, then a file that is deleted when it is closed. */
    private static final class Output {

        private final Path temporary;
        private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
        private FileChannel file;
        private long size;

        Output(Path temporary) {
            this.temporary = temporary;
        }

        void write(byte[] bytes, int length) throws IOException {
            size += length;
            if (file == null && size > IN_MEMORY) {
                file = FileChannel.open(
                        Files.createTempFile(temporary, "inflated-", ".tmp"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
                OutputStream out = Channels.newOutputStream(file);
                memory.writeTo(out);
                memory.reset();
            }
            if (file == null) {
                memory.write(bytes, 0, length);
                return;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }

        Region region() throws IOException {
            return file == null ? Region.of(memory.toByteArray(), memory.size()) : Region.of(file);
        }
    }
}
