package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.time.Instant;

/**
 * A release that somebody wants kept.
 *
 * @param release which
 * @param since when it was pinned
 * @param entry index of the entry that says so; actor and reason are there
 */
public record Pin(ReleaseId release, Instant since, long entry) {}
