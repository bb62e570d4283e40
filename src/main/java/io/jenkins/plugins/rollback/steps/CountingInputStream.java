package io.jenkins.plugins.rollback.steps;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes were read, piece by piece. */
final class CountingInputStream extends FilterInputStream {

    private final LongConsumer read;

    CountingInputStream(InputStream in, LongConsumer read) {
        super(in);
        this.read = read;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            read.accept(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        if (n > 0) {
            read.accept(n);
        }
        return n;
    }
}
