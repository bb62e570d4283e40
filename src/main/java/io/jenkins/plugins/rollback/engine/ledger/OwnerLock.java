package io.jenkins.plugins.rollback.engine.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * One process owns a ledger. The kernel holds the lock, so it cannot outlive its process: there is no such thing as a
 * stale lock file. The text in the file only says who it is.
 *
 * <p>Within one Java process a kernel lock does not help (and closing any second handle of the file would drop it),
 * so a system property keeps a second opener out; unlike a static field it is shared by all class loaders.
 */
final class OwnerLock implements Closeable {

    private static final String PROPERTY = "release-rollback.ledger.";

    private final String property;
    private final Path path;
    private final String me;
    private final RandomAccessFile file;
    private final FileLock lock;
    private volatile String usurper;

    private OwnerLock(String property, Path path, String me, RandomAccessFile file, FileLock lock) {
        this.property = property;
        this.path = path;
        this.me = me;
        this.file = file;
        this.lock = lock;
    }

    /**
     * Looks whether another process has written its name over ours: then the file system's locks do not hold, and two
     * owners would tear the ledger apart. From then on {@link #requireOwned} refuses.
     */
    void check() throws IOException {
        if (Files.exists(path)) {
            String holder = Files.readString(path).strip();
            if (!holder.isEmpty() && !holder.equals(me)) {
                usurper = holder;
            }
        }
        requireOwned();
    }

    /** @throws LedgerInUseException when {@link #check} has found another owner */
    void requireOwned() throws LedgerInUseException {
        if (usurper != null) {
            throw new LedgerInUseException(
                    path.getParent(), usurper + " as well: the locks of its file system do not hold");
        }
    }

    /** @throws LedgerInUseException saying who holds it */
    static OwnerLock take(Path directory) throws IOException {
        Path path = directory.toRealPath().resolve("lock");
        String property = PROPERTY + path;
        String me = "process " + ProcessHandle.current().pid() + " on host " + host() + ", since " + Instant.now();
        Map<Object, Object> properties = System.getProperties();
        if (properties.putIfAbsent(property, me) != null) {
            throw new LedgerInUseException(directory, me + " (this very process)");
        }
        RandomAccessFile file = null;
        try {
            file = new RandomAccessFile(path.toFile(), "rw");
            FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                throw new LedgerInUseException(directory, holder(file));
            }
            say(file, me);
            return new OwnerLock(property, path, me, file, lock);
        } catch (IOException | OverlappingFileLockException e) {
            properties.remove(property);
            if (file != null) {
                file.close();
            }
            throw e instanceof IOException io ? io : new LedgerInUseException(directory, me + " (this very process)");
        }
    }

    private static String holder(RandomAccessFile file) throws IOException {
        byte[] text = new byte[(int) Math.min(file.length(), 300)];
        file.readFully(text);
        String holder = new String(text, StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    private static void say(RandomAccessFile file, String me) {
        try {
            file.setLength(0);
            file.write((me + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return; // a full disk must not keep the ledger from being read; the lock itself holds
        }
    }

    private static String host() {
        try {
            Path kernel = Path.of("/proc/sys/kernel/hostname");
            return Files.isReadable(kernel)
                    ? Files.readString(kernel).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (usurper == null) {
                file.setLength(0);
            }
            lock.release();
        } finally {
            System.getProperties().remove(property);
        }
    }
}
