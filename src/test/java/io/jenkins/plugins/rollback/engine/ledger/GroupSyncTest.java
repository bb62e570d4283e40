package io.jenkins.plugins.rollback.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Test;

public class GroupSyncTest {

    private static final int THREADS = 16;

    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final AtomicLong written = new AtomicLong();
    private volatile long onDisk; // what a force that has returned covers
    private volatile boolean broken;
    private final AtomicBoolean forcing = new AtomicBoolean();
    private final GroupSync sync = new GroupSync(0, this::force);

    private void force() throws IOException {
        assertThat(forcing.compareAndSet(false, true)).as("one at a time").isTrue();
        try {
            long covered = written.get();
            Thread.yield();
            if (broken) {
                throw new IOException("the disk is gone");
            }
            onDisk = covered;
        } finally {
            forcing.set(false);
        }
    }

    private long write() {
        synchronized (written) {
            long count = written.incrementAndGet();
            sync.written(count);
            return count;
        }
    }

    @After
    public void stop() throws Exception {
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** With 16 threads that are interrupted now and then: nobody is forgotten, nobody returns too early. */
    @Test
    public void everybodyReturnsOnceItsRecordIsOnTheDisk() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            all.add(pool.submit(() -> {
                for (int i = 0; i < 5_000; i++) {
                    long mine = write();
                    if (i % 100 == thread) {
                        Thread.currentThread().interrupt();
                    }
                    sync.await(mine);
                    assertThat(onDisk).isGreaterThanOrEqualTo(mine);
                    assertThat(Thread.interrupted()).isEqualTo(i % 100 == thread);
                }
                return null;
            }));
        }
        for (int i = 0; i < 50; i++) {
            sync.exclusively(() -> onDisk = written.get()); // as a new segment does
        }
        for (Future<?> one : all) {
            one.get(1, TimeUnit.MINUTES);
        }
        assertThat(sync.synced()).isEqualTo(THREADS * 5_000L);
    }

    @Test
    public void whoWaitsHearsOfAFailureAndNobodyIsAcknowledgedBeforeTheRepair() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        GroupSync slow = new GroupSync(0, () -> {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            force();
        });
        broken = true;
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            slow.written(t + 1);
            long mine = t + 1;
            all.add(pool.submit(() -> {
                slow.await(mine);
                return null;
            }));
        }
        entered.await();
        go.countDown();
        for (Future<?> one : all) {
            assertThatThrownBy(() -> one.get(1, TimeUnit.MINUTES)).hasMessageContaining("the disk is gone");
        }
        broken = false;
        assertThatThrownBy(() -> slow.await(1)).isInstanceOf(IOException.class);
        slow.exclusively(() -> {});
        slow.await(THREADS);
        assertThat(slow.synced()).isEqualTo(THREADS);
    }
}
