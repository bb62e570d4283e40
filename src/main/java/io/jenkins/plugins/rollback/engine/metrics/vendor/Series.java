package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.Labels;
import java.time.Instant;
import java.util.List;

/**
 * One series of an answer.
 *
 * @param labels what tells it from others, in the vendor's words
 * @param points in any order; those that the vendor writes as null are left out
 */
record Series(Labels labels, List<Point> points) {

    /**
     * One value.
     *
     * @param at within the time that it is about, its end excluded
     * @param value may be NaN or infinite, as far as the vendor has such values
     */
    record Point(Instant at, double value) {}
}
