package io.jenkins.plugins.rollback.steps;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A piece of a longer stream: ends after its size, fails when the stream ends before, and closing it closes nothing. */
final class ExactInputStream extends FilterInputStream {

    private final LongConsumer read;
    private long left;

    /** @param read hears how many bytes were read, piece by piece */
    ExactInputStream(InputStream in, long size, LongConsumer read) {
        super(in);
        this.left = size;
        this.read = read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException("the other side stopped sending");
        }
        left -= n;
        read.accept(n);
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        return readNBytes((int) Math.min(n, 8192)).length;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        // the next piece is read from the same stream
    }
}
