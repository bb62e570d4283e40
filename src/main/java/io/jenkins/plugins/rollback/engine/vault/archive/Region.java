package io.jenkins.plugins.rollback.engine.vault.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.function.LongConsumer;

/** Bytes that can be read at any place: a file, a part of one, or an array. Whoever made it closes what is below. */
public abstract class Region {

    private static final int BUFFER = 64 * 1024;

    /** Number of bytes. */
    public abstract long size();

    /** Where it begins in the file or array that it is a part of. */
    abstract long start();

    /** Reads up to {@code length} bytes at a place and returns how many, at least one; the caller keeps to the size. */
    abstract int readSome(long at, byte[] buffer, int offset, int length) throws IOException;

    /** A whole file. */
    public static Region of(FileChannel file) throws IOException {
        return new OfFile(file, 0, file.size());
    }

    /** Bytes in memory. */
    public static Region of(byte[] bytes, int length) {
        return new OfMemory(bytes, 0, length);
    }

    /**
     * The same bytes, read under somebody's eyes.
     *
     * @param reached hears the end of what was read, as often as something is
     */
    public final Region watched(LongConsumer reached) {
        return new WatchedRegion(this, 0, reached);
    }

    /** A part that reads from the same bytes. */
    public abstract Region slice(long from, long size);

    /** Reads exactly this many bytes. */
    public final byte[] read(long at, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            done += readSome(at + done, bytes, done, length - done);
        }
        return bytes;
    }

    /** A buffered stream of everything; needs no closing. */
    public final InputStream open() {
        return new Reading();
    }

    private final class Reading extends InputStream {

        private final byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, size()))];
        private int from;
        private int to;
        private long next;

        @Override
        public int read() throws IOException {
            return from < to || fill() ? buffer[from++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (from == to && !fill()) {
                return -1;
            }
            int n = Math.min(length, to - from);
            System.arraycopy(buffer, from, target, offset, n);
            from += n;
            return n;
        }

        private boolean fill() throws IOException {
            int n = (int) Math.min(buffer.length, size() - next);
            if (n == 0) {
                return false;
            }
            from = 0;
            to = readSome(next, buffer, 0, n);
            next += to;
            return true;
        }
    }

    private static final class OfFile extends Region {

        private final FileChannel file;
        private final long start;
        private final long size;

        OfFile(FileChannel file, long start, long size) {
            this.file = file;
            this.start = start;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        long start() {
            return start;
        }

        @Override
        int readSome(long at, byte[] buffer, int offset, int length) throws IOException {
            int n = file.read(ByteBuffer.wrap(buffer, offset, length), start + at);
            if (n <= 0) {
                throw new EOFException("a file became shorter while it was read");
            }
            return n;
        }

        @Override
        public Region slice(long from, long length) {
            return new OfFile(file, start + Objects.checkFromIndexSize(from, length, size), length);
        }
    }

    private static final class OfMemory extends Region {

        private final byte[] bytes;
        private final int start;
        private final int size;

        OfMemory(byte[] bytes, int start, int size) {
            this.bytes = bytes;
            this.start = start;
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        long start() {
            return start;
        }

        @Override
        int readSome(long at, byte[] buffer, int offset, int length) {
            System.arraycopy(bytes, start + Math.toIntExact(at), buffer, offset, length);
            return length;
        }

        @Override
        public Region slice(long from, long length) {
            Objects.checkFromIndexSize(from, length, size);
            return new OfMemory(bytes, start + (int) from, (int) length);
        }
    }
}
