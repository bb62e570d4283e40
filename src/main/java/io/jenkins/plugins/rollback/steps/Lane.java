package io.jenkins.plugins.rollback.steps;

import java.util.concurrent.Executor;

/**
 * Does one piece of work again and again, whenever asked, but never twice at once: being asked while it is busy makes
 * it run once more afterwards.
 */
final class Lane {

    private final Executor executor;
    private final Runnable work;
    private boolean busy;
    private boolean again;

    Lane(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /** Returns at once. */
    void kick() {
        synchronized (this) {
            if (busy) {
                again = true;
                return;
            }
            busy = true;
        }
        executor.execute(this::run);
    }

    private void run() {
        do {
            boolean ended = false;
            try {
                work.run();
                ended = true;
            } finally {
                if (!ended) {
                    free();
                }
            }
        } while (isWanted());
    }

    private synchronized boolean isWanted() {
        if (again) {
            again = false;
            return true;
        }
        busy = false;
        return false;
    }

    private synchronized void free() {
        busy = false;
        again = false;
    }
}
