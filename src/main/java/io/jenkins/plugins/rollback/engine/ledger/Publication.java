package io.jenkins.plugins.rollback.engine.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Publishes in the background: within 100 ms, or as soon as 256 entries wait, whichever comes first. All writing of
 * tiles happens on this one thread, which nobody interrupts. A failure (a full disk) is logged once and tried again;
 * meanwhile the entries stay safe in the write-ahead log.
 */
final class Publication implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Publication.class.getName());
    static final long MAX_WAIT_NANOS = 100_000_000;
    static final long MAX_ENTRIES = 256;
    private static final long RETRY_MILLIS = 1_000;

    /** What is published. */
    interface Work {
        /** How many entries wait. */
        long waiting();

        /** Publishes all that wait. */
        void publish() throws IOException;
    }

    private final Work work;
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean lingering;
    private long rounds; // finished, successfully or not
    private long wanted; // the round that somebody waits for
    private boolean closing;
    private IOException failure;

    Publication(String name, Work work) {
        this.work = work;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Says that something waits. Cheap: called after every append. */
    void nudge() {
        if (idle || lingering && work.waiting() >= MAX_ENTRIES) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /** Publishes all that waits now and returns when it is done. */
    void flush() throws IOException {
        boolean interrupted = false;
        synchronized (this) {
            // a round that is under way may have missed the newest entries; the one after it cannot
            long round = rounds + 2;
            wanted = Math.max(wanted, round);
            notifyAll();
            while (rounds < round && thread.isAlive()) {
                try {
                    wait(RETRY_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (rounds < round) {
                throw new IOException(thread.getName() + ": publishing has ended");
            }
        }
    }

    private void run() {
        while (await()) {
            IOException problem = null;
            try {
                work.publish();
            } catch (IOException e) {
                problem = e;
            } catch (RuntimeException e) {
                problem = new IOException(e.toString(), e);
            }
            done(problem);
        }
    }

    private synchronized void done(IOException problem) {
        if (problem != null && failure == null) {
            LOGGER.log(
                    Level.WARNING,
                    problem,
                    () -> thread.getName() + ": entries are safe, but tiles and checkpoint wait: "
                            + problem.getMessage());
        }
        failure = problem;
        rounds++;
        notifyAll();
    }

    /** @return false when the thread is to end */
    private synchronized boolean await() {
        try {
            while (true) {
                if (rounds < wanted) {
                    return true;
                }
                if (closing) {
                    return false;
                }
                if (failure != null) {
                    wait(RETRY_MILLIS);
                    return true;
                }
                idle = true;
                if (work.waiting() == 0) { // looked at after idle is set: an append in between sees one or the other
                    wait();
                    idle = false;
                    continue;
                }
                idle = false;
                linger();
                return true;
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "Nobody should interrupt this thread", e);
            return !closing;
        }
    }

    private void linger() throws InterruptedException {
        long until = System.nanoTime() + MAX_WAIT_NANOS;
        long left = MAX_WAIT_NANOS;
        lingering = true;
        while (left > 0 && work.waiting() < MAX_ENTRIES && rounds >= wanted && !closing) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = until - System.nanoTime();
        }
        lingering = false;
    }

    /** Ends the thread; what still waits is the caller's to {@link #flush} before. */
    @Override
    public void close() {
        boolean interrupted = false;
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
