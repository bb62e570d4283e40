package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.List;
import java.util.Map;

/**
 * What a sweep would do now; nothing was touched.
 *
 * @param decisions about every release whose bytes are in this vault, by service, newest first
 * @param own bytes that would come free if only this release went, for each that goes
 * @param bytes that would come free in all, left-overs of earlier sweeps and of interrupted writers included
 */
public record ReleasePlan(List<ReleaseDecision> decisions, Map<ReleaseId, Long> own, long bytes) {

    public ReleasePlan {
        decisions = List.copyOf(decisions);
        own = Map.copyOf(own);
    }

    /** How many releases go. */
    public long going() {
        return decisions.stream().filter(ReleaseDecision::goes).count();
    }
}
