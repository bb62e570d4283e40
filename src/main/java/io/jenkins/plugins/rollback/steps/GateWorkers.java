package io.jenkins.plugins.rollback.steps;

import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/**
 * Where gates ask metric servers: a few threads for all gates together, there only while there is work. Between looks a
 * gate has no thread at all, only an entry in Jenkins' timer.
 */
final class GateWorkers {

    private static final int THREADS = 8;

    private static final ExecutorService POOL = new ImpersonatingExecutorService(pool(), ACL.SYSTEM2);

    private GateWorkers() {}

    static void execute(Runnable task) {
        POOL.execute(task);
    }

    /** Runs the task in the pool after a while. */
    static ScheduledFuture<?> executeIn(long milliseconds, Runnable task) {
        return Timer.get().schedule(() -> POOL.execute(task), Math.max(0, milliseconds), TimeUnit.MILLISECONDS);
    }

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "Release Rollback gates"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
