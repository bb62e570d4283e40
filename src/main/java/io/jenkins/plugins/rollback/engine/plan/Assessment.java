package io.jenkins.plugins.rollback.engine.plan;

import java.util.List;
import java.util.Map;

/**
 * What going back would mean; nothing was touched to find out.
 *
 * @param service the one that is to go back
 * @param waves what goes back, wave after wave
 * @param affected who may notice, nearest first, each with the dependency by which
 * @param feasibility what was looked at
 */
public record Assessment(
        String service, List<List<Move>> waves, Map<String, Dependency> affected, List<FeasibilityItem> feasibility) {

    /** Whether something stands in the way. */
    public boolean isBlocked() {
        return feasibility.stream().anyMatch(item -> item.level() == FeasibilityItem.Level.BLOCKER);
    }
}
