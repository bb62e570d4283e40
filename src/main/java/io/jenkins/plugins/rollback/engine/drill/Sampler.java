package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.metrics.MetricException;
import io.jenkins.plugins.rollback.engine.metrics.MetricSource;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Notes twice a second what users get, for the report's chart. The judge does not see these numbers. */
final class Sampler implements Closeable {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final String REQUESTS = "sum(increase(http_requests_total{track=\"%s\"%s}[2s]))";
    private static final String SECONDS = "sum(increase(http_request_duration_seconds_%s{track=\"%s\"}[2s]))";

    /** A share of fewer requests than this says nothing: a version that is being left would show wild jumps. */
    private static final double FEWEST = 12;

    private final Clock clock;
    private final Instant begin;
    private final List<DrillReport.Sample> samples = new ArrayList<>();
    private final Thread thread;
    private final Map<String, MetricSource> sources = new HashMap<>();
    private volatile List<MetricSource> watched = List.of();
    private volatile boolean ended;

    Sampler(Clock clock, Instant begin) {
        this.clock = clock;
        this.begin = begin;
        thread = new Thread(this::run, "drill sampler");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Reads from the instances that have a place now. Each has a source of its own, apart from those of gates: it goes on
     * remembering when another instance comes or goes.
     */
    void watch(Stage stage) {
        if (stage.prometheus() != null) {
            watched = List.of(sources.computeIfAbsent("", key -> DrillMetrics.ask(stage.prometheus())));
            return;
        }
        watched = stage.placed().stream()
                .distinct()
                .map(instance ->
                        sources.computeIfAbsent(instance.name(), key -> DrillMetrics.scrape(List.of(instance))))
                .toList();
    }

    private void run() {
        while (!ended) {
            Instant at = clock.instant();
            for (MetricSource source : watched) {
                try {
                    take(source, at, "baseline");
                    take(source, at, "canary");
                } catch (MetricException e) {
                    // an instance just ended or a server starts: the chart has a gap there
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
        if (all >= FEWEST && count >= FEWEST) {
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
