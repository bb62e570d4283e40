package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.RequestRate;

/** Time that passes only by waiting. */
final class FakeTime {

    /** Milliseconds. */
    long slept;

    RequestRate rate(int perMinute) {
        return RequestRate.timed(perMinute, () -> slept * 1_000_000, millis -> slept += millis);
    }
}
