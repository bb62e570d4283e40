package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Instant;

/**
 * One answer of a metric server.
 *
 * @param at the moment it is about
 * @param value finite, or {@link Double#NaN} when the server has no data
 * @param note why there is no data, for a person; {@code null} when there is
 */
public record Reading(Instant at, double value, String note) {

    public static Reading of(Instant at, double value) {
        return new Reading(at, value, null);
    }

    public static Reading noData(Instant at, String why) {
        return new Reading(at, Double.NaN, why);
    }

    public boolean hasData() {
        return !Double.isNaN(value);
    }
}
