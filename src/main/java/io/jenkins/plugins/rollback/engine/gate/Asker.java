package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Asks metric servers by id, and again after a short while where that can help: twice, after a tenth and two tenths of
 * the interval, but not longer than half a second and a second; later when the server says so, as far as the look has the
 * time.
 */
final class Asker {

    private static final int RETRIES = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** A server that asks for more patience than this, or than half the interval, is asked at the next look. */
    private static final Duration LONGEST_WISH = Duration.ofSeconds(15);

    /** Waits at least so long. */
    interface Sleeper {
        void sleep(long milliseconds) throws InterruptedException;

        /**
         * Up to half as long again, at random: gates that were refused at the same moment do not come back at the same
         * moment.
         */
        static Sleeper jittered(RandomGenerator random, Sleeper sleeper) {
            return milliseconds -> sleeper.sleep(milliseconds + random.nextLong(milliseconds / 2 + 1));
        }
    }

    private interface Question<T> {
        T ask(MetricSource source) throws MetricException, InterruptedException;
    }

    private final MetricSources sources;
    private final Sleeper sleeper;
    private final Duration interval;
    private final long pause;
    private final long patience;

    Asker(MetricSources sources, Duration interval, Sleeper sleeper) {
        this.sources = sources;
        this.sleeper = sleeper;
        this.interval = interval;
        patience = Math.min(LONGEST_WISH.toMillis(), interval.toMillis() / 2);
        pause = Math.min(LONGEST_PAUSE.toMillis(), interval.toMillis() / 10);
    }

    Reading read(MetricQuery query, String track, Instant at) throws MetricException, InterruptedException {
        return insist(query.source(), source -> source.read(query.on(track), at, interval));
    }

    List<Reading> range(MetricQuery query, String track, Instant from, Instant to, Duration step)
            throws MetricException, InterruptedException {
        return insist(query.source(), source -> source.range(query.on(track), from, to, step));
    }

    private <T> T insist(String id, Question<T> question) throws MetricException, InterruptedException {
        MetricSource source = sources.find(id)
                .orElseThrow(() -> new MetricException(
                        "metric server '" + id + "' is not defined; known are: "
                                + (sources.ids().isEmpty() ? "none" : String.join(", ", sources.ids())),
                        false,
                        null));
        for (int attempt = 0; ; attempt++) {
            long wish = 0;
            try {
                return question.ask(source);
            } catch (MetricException e) {
                wish = e.retryAfter().toMillis();
                if (!e.isRetryable()) {
                    throw e;
                }
                if (wish > patience) {
                    throw new MetricException(
                            e.getMessage() + " (it wants to be left alone for " + (wish + 999) / 1000 + " s)", true, e);
                }
                if (attempt == RETRIES) {
                    throw new MetricException(e.getMessage() + " (asked " + (RETRIES + 1) + " times)", true, e);
                }
            } catch (RuntimeException e) {
                // a faulty source must not take the gate down with it
                throw new MetricException("metric server '" + id + "': " + e, false, e);
            }
            sleeper.sleep(Math.max(wish, pause << attempt));
        }
    }
}
