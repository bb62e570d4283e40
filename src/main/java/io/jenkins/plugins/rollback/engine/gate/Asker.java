package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import io.jenkins.plugins.rollback.engine.metrics.MetricSources;
import io.jenkins.plugins.rollback.engine.metrics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Asks metric servers by id, and again after a short while where that can help: twice, after a tenth and two tenths of
 * the interval, but not longer than half a second and a second.
 */
final class Asker {

    private static final int RETRIES = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    /** Waits; {@code Thread::sleep} but in tests. */
    interface Sleeper {
        void sleep(long milliseconds) throws InterruptedException;
    }

    private interface Question<T> {
        T ask(MetricSource source) throws MetricException, InterruptedException;
    }

    private final MetricSources sources;
    private final Sleeper sleeper;
    private final long pause;

    Asker(MetricSources sources, Duration interval, Sleeper sleeper) {
        this.sources = sources;
        this.sleeper = sleeper;
        pause = Math.min(LONGEST_PAUSE.toMillis(), interval.toMillis() / 10);
    }

    Reading read(MetricQuery query, String track, Instant at) throws MetricException, InterruptedException {
        return insist(query.source(), source -> source.read(query.on(track), at));
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
            try {
                return question.ask(source);
            } catch (MetricException e) {
                if (!e.isRetryable()) {
                    throw e;
                }
                if (attempt == RETRIES) {
                    throw new MetricException(e.getMessage() + " (asked " + (RETRIES + 1) + " times)", true, e);
                }
            } catch (RuntimeException e) {
                // a faulty source must not take the gate down with it
                throw new MetricException("metric server '" + id + "': " + e, false, e);
            }
            sleeper.sleep(pause << attempt);
        }
    }
}
