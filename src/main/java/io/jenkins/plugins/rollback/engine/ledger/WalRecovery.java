package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a write-ahead log that its owner may have left in the middle of a write. Entries that follow on the tiles
 * without a gap are taken; a torn rest is cut off, unless a later record shows that an entry in it was acknowledged:
 * then the disk lost something, and nothing is touched.
 */
final class WalRecovery {

    private static final Pattern NAME = Pattern.compile("([0-9]{20})\\.log");

    private final Path directory;
    private final TreeMap<Long, Path> segments;
    private final Map<Path, Frames.Scan> scans = new TreeMap<>();
    private final Map<Long, byte[]> found = new TreeMap<>();
    private final List<byte[]> entries = new ArrayList<>();
    private final long tiled;

    private WalRecovery(Disk disk, Path directory, long tiled) throws IOException {
        this.directory = directory;
        this.tiled = tiled;
        segments = segments(disk, directory);
        long acknowledged = 0;
        for (Path path : segments.values()) {
            Frames.Scan scan = Frames.scan(disk.read(path));
            scans.put(path, scan);
            for (Frames.Frame frame : scan.frames()) {
                if (frame.index() >= tiled) {
                    found.put(frame.index(), frame.payload());
                }
                acknowledged = Math.max(acknowledged, frame.acknowledged());
            }
        }
        long end = tiled;
        for (byte[] next = found.get(end); next != null; next = found.get(++end)) {
            entries.add(next);
        }
        if (acknowledged > end) {
            throw new DamagedLedgerException(
                    end,
                    "is missing or damaged in " + directory
                            + " although it had been acknowledged; restore the ledger from a backup");
        }
    }

    /**
     * Looks without changing anything.
     *
     * @param tiled how many entries the tiles hold
     * @return the entries from {@code tiled} on
     * @throws DamagedLedgerException when an acknowledged entry is gone
     */
    static List<byte[]> read(Disk disk, Path directory, long tiled) throws IOException {
        return new WalRecovery(disk, directory, tiled).entries;
    }

    /** Like {@link #read}, and leaves nothing in the log but what it returns. */
    static List<byte[]> recover(Disk disk, Path directory, long tiled) throws IOException {
        WalRecovery recovery = new WalRecovery(disk, directory, tiled);
        recovery.cut(disk);
        return recovery.entries;
    }

    private void cut(Disk disk) throws IOException {
        long end = tiled + entries.size();
        boolean clean = true;
        for (Frames.Scan scan : scans.values()) {
            List<Frames.Frame> frames = scan.frames();
            clean &= frames.isEmpty() || frames.get(frames.size() - 1).end() <= scan.clean();
        }
        if (entries.isEmpty()) {
            for (Path path : segments.values()) {
                Files.delete(path);
            }
        } else if (clean) {
            for (Map.Entry<Path, Frames.Scan> scanned : scans.entrySet()) {
                truncate(disk, scanned.getKey(), keep(scanned.getValue(), end));
            }
        } else {
            rewrite(disk);
        }
        if (!segments.isEmpty()) {
            disk.syncDirectory(directory);
        }
    }

    private static long keep(Frames.Scan scan, long end) {
        long keep = 0;
        for (Frames.Frame frame : scan.frames()) {
            if (frame.index() < end) {
                keep = frame.end();
            }
        }
        return keep;
    }

    private static void truncate(Disk disk, Path path, long length) throws IOException {
        if (length == 0) {
            Files.delete(path);
        } else if (length < Files.size(path)) {
            try (AppendFile file = disk.append(path)) {
                file.truncate(length);
                file.sync();
            }
        }
    }

    /** A bad place lies before good entries (they were in the tiles already): keep the good ones only. */
    private void rewrite(Disk disk) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < entries.size(); i++) {
            bytes.writeBytes(Frames.encode(tiled + i, tiled, entries.get(i)));
        }
        Path kept = WriteAheadLog.segment(directory, tiled);
        disk.replace(kept, bytes.toByteArray());
        for (Path path : segments.values()) {
            if (!path.equals(kept)) {
                Files.delete(path);
            }
        }
    }

    /** The segments by their first index. */
    static TreeMap<Long, Path> segments(Disk disk, Path directory) throws IOException {
        TreeMap<Long, Path> segments = new TreeMap<>();
        for (Path path : disk.files(directory)) {
            Matcher name = NAME.matcher(path.getFileName().toString());
            if (name.matches()) {
                segments.put(Long.parseLong(name.group(1)), path);
            }
        }
        return segments;
    }
}
