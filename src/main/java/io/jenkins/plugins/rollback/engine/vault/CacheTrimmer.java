package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Keeps a folder that is only a cache near a size: releases that were retained or fetched longest ago go first. */
final class CacheTrimmer {

    private final FileVault local;
    private final long most;

    /** @param most bytes; 0 for any size */
    CacheTrimmer(FileVault local, long most) {
        this.local = local;
        this.most = most;
    }

    /**
     * Removes releases from the folder. Whatever was used within a day stays, so that the folder may be larger for so
     * long.
     *
     * @param elsewhere releases that the store has: only those may go
     */
    void trim(Set<ReleaseId> elsewhere) throws IOException {
        long size = most == 0 ? 0 : size();
        if (size <= most) {
            return;
        }
        List<ReleaseId> here = new ArrayList<>(local.releases());
        Map<ReleaseId, FileTime> used = new HashMap<>();
        for (ReleaseId id : here) {
            used.put(id, Files.getLastModifiedTime(local.layout().manifest(id)));
        }
        here.sort(Comparator.comparing(used::get));
        Set<ReleaseId> keep = new HashSet<>(here);
        Map<ReleaseId, Long> own = local.ownBytes(keep);
        for (ReleaseId id : here) {
            if (size <= most) {
                break;
            }
            if (elsewhere.contains(id)) {
                keep.remove(id);
                size -= own.getOrDefault(id, 0L);
            }
        }
        local.gc(keep, false);
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(local.layout().root())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
