package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Instant;

/**
 * One answer of a metric server.
 *
 * @param at the moment it is about
 * @param value finite, or {@link Double#NaN} when the server has no data
 * @param note why there is no data, for a person; {@code null} when there is
 * @param nan whether the server did answer, with something that is no number (NaN or an infinity), which is another
 *     thing than having no series at all
 */
public record Reading(Instant at, double value, String note, boolean nan) {

    public static Reading of(Instant at, double value) {
        return new Reading(at, value, null, false);
    }

    /** The server has no series for the query. */
    public static Reading noData(Instant at, String why) {
        return new Reading(at, Double.NaN, why, false);
    }

    /** The server answered NaN or an infinity: a division by zero, a quantile of nothing. */
    public static Reading notANumber(Instant at, String why) {
        return new Reading(at, Double.NaN, why, true);
    }

    public boolean hasData() {
        return !Double.isNaN(value);
    }
}
