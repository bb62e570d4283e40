package io.jenkins.plugins.rollback.engine.metrics.vendor;

import java.time.Duration;
import java.time.Instant;

/** Times on the grid that vendors keep: multiples of a step since the epoch. */
final class Steps {

    private Steps() {}

    /** The last multiple of the step that is not after the moment. */
    static Instant floor(Instant at, Duration step) {
        return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), step.toMillis()) * step.toMillis());
    }

    /** Rounded up to whole units. */
    static Duration ceiling(Duration wanted, Duration unit) {
        long units = Math.max(1, -Math.floorDiv(-wanted.toMillis(), unit.toMillis()));
        return unit.multipliedBy(units);
    }
}
