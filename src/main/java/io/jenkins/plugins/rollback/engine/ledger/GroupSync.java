package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Group commit: of all threads that wait for their record to reach the disk, one forces the file, for itself and for
 * everything written until then; the others only wait. Counts records, not bytes. Waiting ignores interrupts: half a
 * commit is no state to leave in.
 *
 * <p>Each thread waits for itself and is called when its record is on the disk, or when it is its turn to force the
 * file. Were all called each time, as with {@code notifyAll}, most of the work of 64 threads would be to wake up and
 * find that there is nothing to do.
 */
final class GroupSync {

    /** Something that touches the disk. */
    @FunctionalInterface
    interface Io {
        void run() throws IOException;
    }

    private final Io force;
    private long written;
    private volatile long synced;
    private final Deque<Waiter> waiters = new ArrayDeque<>(); // who came first is first
    private boolean busy;
    private IOException failure;

    /** A thread that waits. */
    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        final long count;
        volatile boolean called;

        Waiter(long count) {
            this.count = count;
        }

        void call() {
            called = true;
            LockSupport.unpark(thread);
        }
    }

    /** @param count how many records are there, and on the disk, to begin with */
    GroupSync(long count, Io force) {
        this.force = force;
        written = count;
        synced = count;
    }

    /** Says that {@code count} records have been written by now. Called in their order. */
    synchronized void written(long count) {
        written = count;
    }

    /** How many records are known to be on the disk. */
    long synced() {
        return synced;
    }

    /** Says that the file can no longer be trusted, although nothing was forced. */
    synchronized void fail(IOException cause) {
        failure = cause;
    }

    /** Why nothing can be acknowledged until {@link #exclusively} has put it right, or {@code null}. */
    synchronized IOException failure() {
        return failure;
    }

    /** Returns when the first {@code count} records are on the disk. */
    void await(long count) throws IOException {
        if (synced >= count) {
            return;
        }
        long target = enter(count);
        if (target < 0) {
            return;
        }
        IOException problem = null;
        try {
            force.run();
        } catch (IOException e) {
            problem = e;
        }
        leave(target, problem);
        if (problem != null) {
            throw problem;
        }
    }

    /** Runs while nobody forces the file; afterwards everything written counts as being on the disk. */
    void exclusively(Io work) throws IOException {
        long target = enter(Long.MAX_VALUE);
        IOException problem = null;
        try {
            work.run();
        } catch (IOException e) {
            problem = e;
        }
        leave(target, problem);
        if (problem != null) {
            throw problem;
        }
    }

    /** @return how much the caller is to force, or -1 when another has done it meanwhile */
    private long enter(long count) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                Waiter waiter;
                synchronized (this) {
                    if (synced >= count) {
                        return -1;
                    }
                    if (failure != null && count != Long.MAX_VALUE) {
                        throw new IOException("cannot be forced to the disk: " + failure.getMessage(), failure);
                    }
                    if (!busy) {
                        busy = true;
                        return written;
                    }
                    waiter = new Waiter(count);
                    waiters.add(waiter);
                }
                while (!waiter.called) {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void leave(long target, IOException problem) {
        List<Waiter> called = new ArrayList<>();
        synchronized (this) {
            busy = false;
            failure = problem;
            if (problem == null) {
                synced = Math.max(synced, target);
            }
            Waiter next = null;
            for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                if (problem != null || waiter.count <= synced) {
                    called.add(waiter);
                    each.remove();
                } else if (next == null) {
                    next = waiter; // it forces the file for those who are left, or finds somebody else doing so
                    each.remove();
                }
            }
            if (next != null) {
                called.add(0, next);
            }
        }
        called.forEach(Waiter::call);
    }
}
