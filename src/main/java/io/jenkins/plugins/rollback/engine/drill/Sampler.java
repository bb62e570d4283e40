package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Notes twice a second what users get, for the report's chart. The judge does not see these numbers. */
final class Sampler implements Closeable {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final String REQUESTS = "sum(increase(http_requests_total{track=\"%s\"%s}[2s]))";
    private static final String SECONDS = "sum(increase(http_request_duration_seconds_%s{track=\"%s\"}[2s]))";

    private final Clock clock;
    private final Instant begin;
    private final List<DrillReport.Sample> samples = new ArrayList<>();
    private final Thread thread;
    private volatile MetricSource source;
    private volatile boolean ended;

    Sampler(Clock clock, Instant begin) {
        this.clock = clock;
        this.begin = begin;
        thread = new Thread(this::run, "drill sampler");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads from another source from now on; {@code null} pauses. It must not be one that a gate reads from, too. */
    void watch(MetricSource other) {
        source = other;
    }

    private void run() {
        while (!ended) {
            MetricSource now = source;
            if (now != null) {
                try {
                    Instant at = clock.instant();
                    take(now, at, "baseline");
                    take(now, at, "canary");
                } catch (MetricException e) {
                    // an instance just ended: the chart has a gap there
                } catch (InterruptedException e) {
                    return;
                }
            }
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    private void take(MetricSource from, Instant at, String track) throws MetricException, InterruptedException {
        double all = from.read(REQUESTS.formatted(track, ""), at).value();
        double bad = from.read(REQUESTS.formatted(track, ",code=~\"5..\""), at).value();
        double sum = from.read(SECONDS.formatted("sum", track), at).value();
        double count = from.read(SECONDS.formatted("count", track), at).value();
        if (all > 0 && count > 0) {
            synchronized (samples) {
                samples.add(new DrillReport.Sample(
                        track, Duration.between(begin, at).toMillis() / 1e3, bad / all, sum / count * 1e3));
            }
        }
    }

    List<DrillReport.Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
    }
}
