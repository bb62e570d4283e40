package io.jenkins.plugins.rollback.engine.drill;

import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The users: requests at random moments, as many a second as asked for on average, whatever the answers are. */
final class LoadGenerator implements Closeable {

    /** Four times what is usual: on a machine that cannot keep up, users become fewer instead of piling up. */
    private static final int MOST_AT_ONCE = 80;

    /** Users who could not come in this time stay away; they do not all come at once later. */
    private static final long FORGIVEN_NANOS = 100_000_000L;

    private static final int LONGEST_SECONDS = 8;

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
            } else if (wait < -FORGIVEN_NANOS) {
                next = System.nanoTime();
            }
            if (!ended && atOnce.get() < MOST_AT_ONCE) {
                send();
            }
        }
    }

    private void send() {
        atOnce.incrementAndGet();
        sent.incrementAndGet();
        // the request's own timeout ends with the answer's first byte
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
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
