package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.List;

/**
 * What a clean-up removed, or would remove.
 *
 * @param releases releases that were not to be kept
 * @param contents how many contents no other release has
 * @param bytes space on disk, left-overs of interrupted writers included
 * @param dryRun whether nothing was touched
 */
public record Collected(List<ReleaseId> releases, long contents, long bytes, boolean dryRun) {

    public Collected {
        releases = List.copyOf(releases);
    }
}
