package io.jenkins.plugins.rollback.engine.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How often one server is asked: never more than so many times in any 60 seconds, and not at all for as long as it asked to
 * be left alone. One object for all gates that ask the same server. Thread safe.
 */
public final class RequestRate {

    /** However long a server asks to be left alone, we try again after so long. */
    private static final Duration LONGEST_CLOSED = Duration.ofMinutes(5);

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Waits; {@code Thread::sleep} but in tests. */
    public interface Sleeper {
        void sleep(long milliseconds) throws InterruptedException;
    }

    private final int perMinute;
    private final LongSupplier nanos;
    private final Sleeper sleeper;

    /** When requests went, or are to go, in order; as many as may go in a minute. */
    private final Deque<Long> turns = new ArrayDeque<>();

    private long closedUntil;

    private RequestRate(int perMinute, LongSupplier nanos, Sleeper sleeper) {
        if (perMinute < 1) {
            throw new IllegalArgumentException("a metric server is asked at least once a minute, not " + perMinute);
        }
        this.perMinute = perMinute;
        this.nanos = nanos;
        this.sleeper = sleeper;
        closedUntil = nanos.getAsLong();
    }

    /**
     * With a time of its own.
     *
     * @param nanos the time, as {@link System#nanoTime}
     * @throws IllegalArgumentException for less than one request a minute
     */
    public static RequestRate timed(int perMinute, LongSupplier nanos, Sleeper sleeper) {
        return new RequestRate(perMinute, nanos, sleeper);
    }

    /** @param requests in any 60 seconds; 0 for as many as are needed */
    public static RequestRate perMinute(int requests) {
        return requests == 0 ? unlimited() : new RequestRate(requests, System::nanoTime, Thread::sleep);
    }

    /** As often as needed. */
    public static RequestRate unlimited() {
        return new RequestRate(Integer.MAX_VALUE, System::nanoTime, Thread::sleep);
    }

    /**
     * Waits until a request may go.
     *
     * @param longest how long we are ready to wait
     * @return {@code null}, or, without waiting, how long it would take when that is longer
     */
    Duration await(Duration longest) throws InterruptedException {
        long wait = turn(longest.toNanos());
        if (wait > longest.toNanos()) {
            return Duration.ofNanos(wait);
        }
        if (wait > 0) {
            sleeper.sleep(wait / 1_000_000 + 1);
        }
        return null;
    }

    /** Nanoseconds until our turn, which is then taken unless that is longer than {@code longest}. */
    private synchronized long turn(long longest) {
        long now = nanos.getAsLong();
        long wait = Math.max(0, closedUntil - now);
        boolean limited = perMinute != Integer.MAX_VALUE;
        if (limited && turns.size() >= perMinute) {
            wait = Math.max(wait, turns.peekFirst() + MINUTE - now);
        }
        if (wait <= longest && limited) {
            if (turns.size() >= perMinute) {
                turns.removeFirst();
            }
            turns.addLast(now + wait);
        }
        return wait;
    }

    /** The server asked to be left alone for so long. */
    synchronized void close(Duration time) {
        Duration bounded = time.compareTo(LONGEST_CLOSED) > 0 ? LONGEST_CLOSED : time;
        long until = nanos.getAsLong() + bounded.toNanos();
        if (until - closedUntil > 0) {
            closedUntil = until;
        }
    }
}
