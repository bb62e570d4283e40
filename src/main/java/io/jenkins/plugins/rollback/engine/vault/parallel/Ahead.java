package io.jenkins.plugins.rollback.engine.vault.parallel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A result that somebody will need soon, computed meanwhile by another thread. Whoever needs it before a thread had time
 * for it computes it himself: so nobody ever waits for work that nobody does, however deep such work is nested and
 * however few threads there are.
 *
 * <p>The threads are shared by everything that the vault does in this process, one for each processor, and end when there
 * was nothing to do for some seconds. How much is under way, and the memory that it takes, is bounded by who starts it.
 */
public final class Ahead<T> {

    private static final long IDLE_SECONDS = 5;

    private static final ThreadPoolExecutor THREADS =
            threads(Runtime.getRuntime().availableProcessors());

    private final FutureTask<T> task;

    private Ahead(Callable<T> work) {
        task = new FutureTask<>(work);
    }

    private static ThreadPoolExecutor threads(int count) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "release-rollback-vault");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null); // whoever was the first to need it must not be kept for that
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Has something computed. It must not wait for anything but other work of this kind. */
    public static <T> Ahead<T> start(Callable<T> work) {
        Ahead<T> ahead = new Ahead<>(work);
        THREADS.execute(ahead.task);
        return ahead;
    }

    /**
     * The result, once it is there.
     *
     * @throws IOException what the work threw, or that this thread was interrupted while it waited
     */
    public T get() throws IOException {
        task.run(); // does nothing when somebody began
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException(cause);
    }

    /** Nobody needs it any more: it is not begun when it was not. */
    public void forget() {
        if (task.cancel(false)) {
            THREADS.remove(task);
        }
    }
}
