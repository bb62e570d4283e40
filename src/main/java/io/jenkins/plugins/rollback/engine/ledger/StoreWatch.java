package io.jenkins.plugins.rollback.engine.ledger;

import java.io.Closeable;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at the shared store twice a second, on a thread of its own, until it is closed. */
final class StoreWatch implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(StoreWatch.class.getName());
    private static final long PERIOD_MILLIS = 500;

    private final Runnable look;
    private final Thread thread;
    private boolean closing;

    StoreWatch(Runnable look) {
        this.look = look;
        thread = new Thread(this::run, "shared ledger watch");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (sleep()) {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "The shared ledger could not be looked at", e);
            }
        }
    }

    private synchronized boolean sleep() {
        try {
            if (!closing) {
                wait(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "Nobody should interrupt this thread", e);
        }
        return !closing;
    }

    /** Waits a moment before something is tried again, also when the thread is interrupted: then hardly at all. */
    static void pause(long millis) {
        boolean interrupted = Thread.interrupted();
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        if (Thread.currentThread() == thread || !thread.isAlive()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
