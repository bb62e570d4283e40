package io.jenkins.plugins.rollback.engine.drill;

import io.jenkins.plugins.rollback.engine.drill.Splitter.Slot;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Everything that runs in a drill: the instances, what splits the traffic, the users, and what collects metrics. */
final class Stage implements Closeable {

    /** The most instances that a scenario starts. */
    private static final int INSTANCES = 5;

    private static final double REQUESTS_PER_SECOND = 200;

    /** Requests that are on their way when an instance is left may take this long to end. */
    private static final long DRAIN_MILLIS = 400;

    private final Path logs;
    private final long seed;
    private final Deque<Integer> ports = new ArrayDeque<>();
    private final List<DemoInstance> running = new ArrayList<>();
    private final Map<Slot, DemoInstance> places = new EnumMap<>(Slot.class);
    private final Splitter splitter;
    private final PrometheusServer prometheus;
    private LoadGenerator users;

    /** @param work a folder for the systems' files */
    Stage(Path work, DrillOptions options) throws IOException, InterruptedException {
        logs = Files.createDirectories(work.resolve("logs"));
        seed = options.seed();
        ports.addAll(Ports.free(INSTANCES));
        splitter = options.with().contains(DrillOptions.HAPROXY)
                ? new HaproxySplitter(work.resolve("haproxy"))
                : new BuiltInSplitter(seed);
        try {
            prometheus = options.with().contains(DrillOptions.PROMETHEUS)
                    ? new PrometheusServer(work.resolve("prometheus"), List.copyOf(ports))
                    : null;
        } catch (IOException | RuntimeException e) {
            splitter.close();
            throw e;
        }
    }

    /** Starts an instance that gets no traffic yet. */
    DemoInstance start(String name, Path release) throws IOException, InterruptedException {
        DemoInstance instance =
                DemoInstance.start(name, release, ports.removeFirst(), seed * 31 + name.hashCode(), logs);
        running.add(instance);
        return instance;
    }

    /** Lets a place lead to an instance, whose requests count for that place from now on. */
    void place(Slot slot, DemoInstance instance) throws IOException, InterruptedException {
        instance.track(slot.word());
        splitter.point(slot, instance.port());
        places.put(slot, instance);
    }

    DemoInstance at(Slot slot) {
        return places.get(slot);
    }

    Splitter splitter() {
        return splitter;
    }

    /** Gives the canary all traffic and makes it the new baseline; returns the old one, which has none any more. */
    DemoInstance promote() throws IOException, InterruptedException {
        DemoInstance old = at(Slot.BASELINE);
        DemoInstance promoted = at(Slot.CANARY);
        splitter.canaryShare(100);
        place(Slot.BASELINE, promoted);
        splitter.canaryShare(0);
        places.remove(Slot.CANARY);
        return old;
    }

    /** Ends an instance after the requests that are on their way. */
    void stop(DemoInstance instance) throws InterruptedException {
        Thread.sleep(DRAIN_MILLIS);
        running.remove(instance);
        instance.close();
    }

    /** From now on there are users. */
    void open() {
        users = new LoadGenerator(splitter.address(), REQUESTS_PER_SECOND, seed);
    }

    /** The instances that have a place. */
    List<DemoInstance> placed() {
        return List.copyOf(places.values());
    }

    /** The real Prometheus, or {@code null} when pages are scraped directly. */
    PrometheusServer prometheus() {
        return prometheus;
    }

    @Override
    public void close() throws IOException {
        if (users != null) {
            users.close();
        }
        try {
            splitter.close();
        } finally {
            if (prometheus != null) {
                prometheus.close();
            }
            running.forEach(DemoInstance::close);
        }
    }
}
