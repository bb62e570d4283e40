package io.jenkins.plugins.rollback.engine.metrics;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A metric server that administrators defined under an id. Thread safe; all calls have a timeout of their own. */
public interface MetricSource {

    /** What analysis files call it ({@code source: prom}). */
    String id();

    /**
     * The value of a query at a moment.
     *
     * @return one point, or an empty reading when the server has no data (also for NaN)
     * @throws MetricException when the server could not be asked or gave no answer to use; the message names the
     *     server's id and status, never a secret
     * @throws InterruptedException when the thread was interrupted
     */
    Reading read(String query, Instant at) throws MetricException, InterruptedException;

    /**
     * The value of a query for the interval that ends at a moment: what a look of a gate asks. Servers whose queries say
     * themselves over which time they add up (PromQL's {@code [1m]}) need no interval.
     *
     * @throws MetricException as {@link #read(String, Instant)}
     */
    default Reading read(String query, Instant at, Duration interval) throws MetricException, InterruptedException {
        return read(query, at);
    }

    /** The values of a query over a time span, for history; a source without memory returns an empty list. */
    List<Reading> range(String query, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException;

    /** Asks the server for a sign of life, for "Test connection". */
    void probe() throws IOException, InterruptedException;
}
