package io.jenkins.plugins.rollback.engine.metrics.vendor;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What one vendor's API can do: series of points over a time span. Thread safe. */
interface SeriesApi {

    /**
     * All series of a query from {@code from} (included) to {@code to} (excluded).
     *
     * @param step how much time one point is to stand for, where the vendor lets us choose; {@code from} and {@code to} are
     *     multiples of it since the epoch
     */
    List<Series> series(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException;

    /** The smallest step of this vendor that is not below the wanted one. */
    default Duration step(Duration wanted) {
        return wanted;
    }

    /** How many points one question may ask for; a longer history is asked for in parts. */
    default int mostPoints() {
        return 10_000;
    }

    /** Asks for something that needs no data, to see whether the server answers us. */
    void probe() throws MetricException, InterruptedException;
}
