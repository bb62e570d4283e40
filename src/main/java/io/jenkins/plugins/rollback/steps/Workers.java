package io.jenkins.plugins.rollback.steps;

import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jenkins.security.ImpersonatingExecutorService;

/**
 * Where steps talk to the ledger, the vault and agents: a few threads that are there only while there is work. The CPS
 * thread may not block, and Jenkins' timer threads are for short tasks. Waiting for people or for a lease takes none.
 */
final class Workers {

    /** Bringing artifacts to an agent takes a while, and some deployments do that at once. */
    private static final int THREADS = 16;

    private static final ExecutorService POOL = new ImpersonatingExecutorService(pool(), ACL.SYSTEM2);

    private Workers() {}

    static ExecutorService get() {
        return POOL;
    }

    private static ThreadPoolExecutor pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "Release Rollback steps"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
