package io.jenkins.plugins.rollback.engine.plan;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;

/** Asks whether a release can be restored now. */
@FunctionalInterface
public interface Artifacts {

    /** @return what was found: OK or a blocker; a risk when nobody could look */
    FeasibilityItem check(ReleaseId release);
}
