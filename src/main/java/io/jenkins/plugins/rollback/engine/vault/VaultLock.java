package io.jenkins.plugins.rollback.engine.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time, over threads and processes. The kernel's lock on a file ends with its process, however that ends; it
 * does not keep threads of one process apart, so there is an ordinary lock in front of it.
 */
final class VaultLock implements Closeable {

    private static final ConcurrentMap<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel channel;

    private VaultLock(ReentrantLock threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param file real path of the lock's file; created when absent, never deleted
     */
    static VaultLock take(Path file) throws IOException {
        ReentrantLock threads = IN_THIS_PROCESS.computeIfAbsent(file, key -> new ReentrantLock());
        threads.lock();
        try {
            return new VaultLock(threads, locked(file));
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return channel;
        } catch (IOException e) {
            if (channel != null) {
                channel.close();
            }
            throw new IOException("cannot lock " + file + ": " + Reason.of(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close(); // releases the kernel's lock
        } finally {
            threads.unlock();
        }
    }
}
