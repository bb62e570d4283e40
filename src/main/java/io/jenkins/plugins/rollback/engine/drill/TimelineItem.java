package io.jenkins.plugins.rollback.engine.drill;

import java.time.Instant;

/**
 * A line of the timeline.
 *
 * @param at when
 * @param seconds since the drill began
 * @param phase which part
 * @param what one sentence for a person
 */
public record TimelineItem(Instant at, double seconds, Phase phase, String what) {}
