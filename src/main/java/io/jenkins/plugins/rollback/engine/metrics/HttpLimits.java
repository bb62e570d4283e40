package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Duration;

/**
 * How long we wait for a metric server, and how much we let it send.
 *
 * @param connect for the connection
 * @param read between two pieces of the answer
 * @param whole for the request altogether, from name lookup to the last byte
 * @param maxBytes the longest answer that is read
 */
public record HttpLimits(Duration connect, Duration read, Duration whole, long maxBytes) {

    /** 5 s to connect, 10 s between bytes, 20 s altogether, 8 MiB. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), 8L << 20);
}
