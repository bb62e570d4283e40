package io.jenkins.plugins.rollback.engine.ledger;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an entry is made durable before anything else happens to it: {@code wal/} holds one or more segments of
 * {@link Frames}, each named by its first index. Entries leave it once the tiles and a signed checkpoint hold them.
 *
 * <p>{@link #append}, {@link #repair} and {@link #trim} are called under the ledger's order lock.
 */
final class WriteAheadLog implements Closeable {

    /** A segment that has grown this large is followed by a new one, so that the old one can be removed. */
    static final long SEGMENT_BYTES = 8L << 20;

    private final Disk disk;
    private final Path directory;
    private final GroupSync sync;
    private final TreeMap<Long, Path> segments;
    private AppendFile file;

    private WriteAheadLog(Disk disk, Path directory, TreeMap<Long, Path> segments, long count) throws IOException {
        this.disk = disk;
        this.directory = directory;
        this.segments = segments;
        this.sync = new GroupSync(count, () -> file.sync());
        if (!segments.isEmpty()) {
            file = disk.append(segments.lastEntry().getValue());
            file.sync(); // what a killed process wrote may not have reached the disk yet
        }
    }

    /**
     * Opens what {@link WalRecovery} found.
     *
     * @param count how many entries the ledger has, those in the tiles included
     */
    static WriteAheadLog open(Disk disk, Path directory, long count) throws IOException {
        disk.createDirectories(directory);
        return new WriteAheadLog(disk, directory, WalRecovery.segments(disk, directory), count);
    }

    static Path segment(Path directory, long first) {
        return directory.resolve(String.format("%020d.log", first));
    }

    /** Writes an entry; {@link #sync} makes it durable. A failure leaves no trace of it. */
    void append(long index, byte[] entry) throws IOException {
        if (file == null || file.length() >= SEGMENT_BYTES) {
            sync.exclusively(() -> startSegment(index));
        }
        long before = file.length();
        try {
            file.append(Frames.encode(index, sync.synced(), entry));
        } catch (IOException e) {
            if (file.length() != before || e.getSuppressed().length > 0) {
                sync.fail(e); // half an entry may be left behind: start over before the next one
            }
            throw e;
        }
        sync.written(index + 1);
    }

    private void startSegment(long index) throws IOException {
        Path path = segment(directory, index);
        AppendFile next = disk.append(path);
        disk.syncDirectory(directory);
        if (file != null) {
            file.sync();
            file.close();
        }
        file = next;
        segments.put(index, path);
    }

    /** Returns when the first {@code count} entries are durable; many callers share one trip to the disk. */
    void sync(long count) throws IOException {
        sync.await(count);
    }

    /** How many entries are durable. */
    long synced() {
        return sync.synced();
    }

    /** Whether a failure must be {@linkplain #repair repaired} before the next entry. */
    boolean isBroken() {
        return sync.failure() != null;
    }

    /**
     * Writes everything that the tiles do not hold into a new segment. After a failed fsync the system may have
     * dropped the pages while calling them clean, so forcing the same file again would prove nothing.
     *
     * @param first index of the first of {@code entries}
     */
    void repair(long first, List<byte[]> entries) throws IOException {
        sync.exclusively(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < entries.size(); i++) {
                bytes.writeBytes(Frames.encode(first + i, first, entries.get(i)));
            }
            Path path = segment(directory, first);
            disk.replace(path, bytes.toByteArray());
            AppendFile next = disk.append(path);
            if (file != null) {
                file.close();
            }
            file = next;
            segments.put(first, path);
            removeBefore(first);
            for (Path later : List.copyOf(segments.tailMap(first, false).values())) {
                Files.deleteIfExists(later);
            }
            segments.tailMap(first, false).clear();
        });
    }

    /** Removes segments that hold nothing but entries before {@code tiled}; the one being written stays. */
    void trim(long tiled) throws IOException {
        Map.Entry<Long, Path> covering = segments.floorEntry(tiled);
        if (covering != null && segments.firstKey() < covering.getKey()) {
            removeBefore(covering.getKey());
        }
    }

    private void removeBefore(long first) throws IOException {
        Map<Long, Path> old = segments.headMap(first);
        for (Path path : old.values()) {
            Files.deleteIfExists(path);
        }
        old.clear();
    }

    /** Removes all segments; only when the tiles hold every entry. */
    void clear() throws IOException {
        close();
        removeBefore(Long.MAX_VALUE);
        disk.syncDirectory(directory);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
