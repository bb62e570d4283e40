package io.jenkins.plugins.rollback.engine.vault.retention;

import io.jenkins.plugins.rollback.engine.model.Release;

/**
 * What becomes of a release.
 *
 * @param release which
 * @param goes whether it is dropped
 * @param why what keeps it, or what the policies keep that it is not; for a person
 */
public record ReleaseDecision(Release release, boolean goes, String why) {}
