package io.jenkins.plugins.rollback.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Counts how often something can be done in a second. */
final class Rate {

    private Rate() {}

    /** What is measured; many threads call it at once when several are asked for. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** @return calls a second, over all threads */
    static double of(int threads, double seconds, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            long end = start + (long) (seconds * 1e9);
            List<Future<Long>> counts = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Callable<Long> loop = () -> {
                    long count = 0;
                    while (System.nanoTime() < end) {
                        work.run();
                        count++;
                    }
                    return count;
                };
                counts.add(pool.submit(loop));
            }
            long total = 0;
            for (Future<Long> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        } finally {
            pool.shutdown();
            pool.awaitTermination(1, TimeUnit.MINUTES);
        }
    }
}
