package io.jenkins.plugins.rollback.engine.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * A file that only grows at its end. Not a {@code FileChannel}: those close themselves when the thread that writes is
 * interrupted, and builds are interrupted all the time. Callers take care that one thread writes at a time.
 */
class AppendFile implements Closeable {

    private final RandomAccessFile file;
    private long length;

    AppendFile(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        length = file.length();
        file.seek(length);
    }

    /** Writes all or nothing: a write that fails half way is cut off again. */
    void append(byte[] bytes) throws IOException {
        try {
            write(bytes);
            length += bytes.length;
        } catch (IOException e) {
            try {
                truncate(length);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    void write(byte[] bytes) throws IOException {
        file.write(bytes);
    }

    /** Returns when everything that was written before the call would survive a power loss. */
    void sync() throws IOException {
        file.getFD().sync();
    }

    void truncate(long newLength) throws IOException {
        file.setLength(newLength);
        file.seek(newLength);
        length = newLength;
    }

    long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
