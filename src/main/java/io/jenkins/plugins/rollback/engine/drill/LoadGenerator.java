package io.jenkins.plugins.rollback.engine.drill;

import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The users: requests at random moments, as many a second as asked for on average, whatever the answers are. */
final class LoadGenerator implements Closeable {

    private static final int MOST_AT_ONCE = 400;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final HttpRequest request;
    private final double perSecond;
    private final Random random;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final Thread thread;
    private volatile boolean ended;

    LoadGenerator(String address, double perSecond, long seed) {
        request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(5))
                .build();
        this.perSecond = perSecond;
        random = new Random(seed);
        thread = new Thread(this::run, "drill users");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        double next = System.nanoTime();
        while (!ended) {
            // a Poisson process: users do not know of each other
            next += -Math.log(1 - random.nextDouble()) / perSecond * 1e9;
            long wait = (long) next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else if (wait < -1_000_000_000L) {
                next = System.nanoTime(); // the machine was busy elsewhere: no storm to make up for it
            }
            if (!ended && atOnce.get() < MOST_AT_ONCE) {
                send();
            }
        }
    }

    private void send() {
        atOnce.incrementAndGet();
        sent.incrementAndGet();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, error) -> atOnce.decrementAndGet());
    }

    /** How many requests were sent so far. */
    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
    }
}
