package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.time.Instant;

/**
 * What is left to say of a release that a retention policy dropped.
 *
 * @param id service and version
 * @param manifest SHA-256 of what it was; the same may be retained again
 * @param policy what the policies keep that it was not, for a person
 * @param at when
 * @param entry index of the entry that says so
 */
public record DroppedRelease(ReleaseId id, String manifest, String policy, Instant at, long entry) {

    /** Why it cannot be deployed or gone back to, for a person. */
    public String explanation() {
        return "release " + id + " was dropped at " + at + ": " + policy + " (ledger entry " + entry
                + "); what is still retained elsewhere can be retained again under the same version";
    }
}
