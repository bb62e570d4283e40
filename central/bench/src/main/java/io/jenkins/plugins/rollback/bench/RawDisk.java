package io.jenkins.plugins.rollback.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * What the disk itself can do: appending and forcing one file, alone or for many threads at once. Nothing is computed,
 * nothing is framed; this is the limit that a ledger is measured against.
 */
final class RawDisk implements AutoCloseable {

    private final RandomAccessFile file;
    private long written;
    private long synced;
    private boolean busy;

    RawDisk(Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** One record, durable when it returns. */
    void append(byte[] record) throws IOException {
        file.write(record);
        file.getFD().sync();
    }

    /** The same for many threads: one of those that wait forces the file for all. */
    void appendTogether(byte[] record) throws IOException, InterruptedException {
        long mine;
        synchronized (this) {
            file.write(record);
            mine = ++written;
        }
        long target;
        synchronized (this) {
            while (synced < mine && busy) {
                wait();
            }
            if (synced >= mine) {
                return;
            }
            busy = true;
            target = written;
        }
        file.getFD().sync();
        synchronized (this) {
            synced = target;
            busy = false;
            notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
