package io.jenkins.plugins.rollback.steps;

import io.jenkins.plugins.rollback.engine.vault.HashMismatchException;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** When two ends of a stream fail, which of the two errors is the reason. */
final class Transfers {

    /** The other end has just lost its stream; it needs no longer than this to notice and say why. */
    private static final int LAST_WORD_SECONDS = 10;

    private Transfers() {}

    /** Whether the other side ended, within a short time, and well. */
    static boolean succeeded(Future<?> other) throws InterruptedException {
        try {
            other.get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /**
     * Ends the other side and returns the error to show: the other side's own when it failed by itself, else ours, with
     * theirs attached.
     */
    static IOException why(Future<?> other, IOException ours) throws InterruptedException {
        try {
            other.get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
            return ours;
        } catch (ExecutionException e) {
            IOException theirs = cause(e);
            boolean stoppedByThem = ours instanceof EOFException || mismatch(ours) == null && mismatch(theirs) != null;
            IOException first = stoppedByThem ? theirs : ours;
            first.addSuppressed(stoppedByThem ? ours : theirs);
            return first;
        } catch (TimeoutException e) {
            other.cancel(true);
            return ours;
        }
    }

    static IOException cause(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    /** The mismatch of hashes among the causes of an error, or {@code null}. */
    static HashMismatchException mismatch(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof HashMismatchException mismatch) {
                return mismatch;
            }
        }
        return null;
    }
}
