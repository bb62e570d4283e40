package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tries whether a folder's file system keeps the two promises that a ledger stands on: what was forced to the disk is
 * there after a power loss, and one process at a time holds a lock. What a system only pretends no trial can find; the
 * kinds of file systems that are known for it are named.
 */
final class DiskProbe {

    /** No disk needs less; memory does. */
    private static final long TOO_FAST_NANOS = 4_000;

    private static final int TRIES = 5;
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> LOOSE_LOCKS = Set.of("nfs", "nfs3", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs");

    private DiskProbe() {}

    /** What is wrong, a sentence each; empty when nothing was found. */
    static List<String> warnings(Disk disk, Path directory) {
        List<String> warnings = new ArrayList<>();
        String kind = disk.kind(directory).toLowerCase(Locale.ROOT);
        if (MEMORY.contains(kind)) {
            warnings.add("The ledger lies in memory (" + kind + "): it is gone after a power loss.");
        }
        if (LOOSE_LOCKS.contains(kind)) {
            warnings.add("The ledger lies on " + kind + ", where a lock may not keep a second process out; use a local"
                    + " disk or NFS version 4.");
        }
        Path probe = directory.resolve("probe");
        try (AppendFile file = disk.append(probe)) {
            long fastest = Long.MAX_VALUE;
            for (int i = 0; i < TRIES; i++) {
                file.append("does this reach the disk?\n".getBytes(StandardCharsets.UTF_8));
                long start = System.nanoTime();
                file.sync();
                fastest = Math.min(fastest, System.nanoTime() - start);
            }
            if (fastest < TOO_FAST_NANOS && !MEMORY.contains(kind)) {
                warnings.add("Forcing a file to the disk takes " + fastest + " ns, which no disk can: what was recorded"
                        + " may be gone after a power loss.");
            }
            disk.syncDirectory(directory);
        } catch (IOException e) {
            warnings.add("Forcing a file to the disk fails (" + e.getMessage()
                    + "): what was recorded may be gone after a" + " power loss.");
        }
        try {
            Files.deleteIfExists(probe);
        } catch (IOException e) {
            warnings.add("A file cannot be removed (" + e.getMessage() + ").");
        }
        return warnings;
    }
}
