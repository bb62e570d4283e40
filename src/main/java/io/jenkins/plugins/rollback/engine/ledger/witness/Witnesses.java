package io.jenkins.plugins.rollback.engine.ledger.witness;

import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings each new checkpoint to every witness in the background, and looks first at what the witness has. Only the
 * newest checkpoint counts, and a witness gets no more than one in each pace; one that cannot be reached is tried again, at
 * growing intervals, while the others go on. Appending never waits for a witness.
 */
final class Witnesses implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Witnesses.class.getName());

    /** Says whether a note may be replaced by a newer one of ours. */
    @FunctionalInterface
    interface Check {
        boolean mayFollow(String witness, String note) throws IOException;
    }

    private static final long FIRST_RETRY_MILLIS = Duration.ofSeconds(1).toMillis();
    private static final long LAST_RETRY_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final long CLOSE_MILLIS = Duration.ofSeconds(5).toMillis();

    private final List<Post> posts = new ArrayList<>();
    private final Check check;
    private final Clock clock;
    private final long paceMillis;
    private final Thread thread = new Thread(this::run, "ledger witnesses");
    private Checkpoint newest; // guarded by this, as everything below
    private boolean closing;

    /**
     * @param pace a witness that has a checkpoint is left alone for so long
     * @param clock tells since when one fails
     */
    Witnesses(List<Witness> witnesses, Check check, Duration pace, Clock clock) {
        witnesses.forEach(witness -> posts.add(new Post(witness)));
        this.check = check;
        this.clock = clock;
        paceMillis = pace.toMillis();
        thread.setDaemon(true);
        if (!posts.isEmpty()) {
            thread.start();
        }
    }

    /** Announces a checkpoint. Returns at once. */
    synchronized void offer(Checkpoint checkpoint) {
        newest = checkpoint;
        notifyAll();
    }

    /** Tries all of them at once, whatever they failed with before. */
    synchronized void retryNow() {
        posts.forEach(post -> post.notBefore = Long.MIN_VALUE / 2);
        notifyAll();
    }

    synchronized List<WitnessState> states() {
        return posts.stream()
                .map(post -> new WitnessState(
                        post.witness.name(), post.kept == null ? -1 : post.kept.size(), post.problem, post.since))
                .toList();
    }

    private void run() {
        for (Post due = next(); due != null; due = next()) {
            Checkpoint checkpoint;
            synchronized (this) {
                checkpoint = newest;
            }
            String problem = null;
            try {
                bring(checkpoint, due.witness, check);
            } catch (IOException | RuntimeException e) {
                problem = String.valueOf(e.getMessage());
                LOGGER.log(Level.FINE, "A witness could not be visited", e);
            }
            done(due, checkpoint, problem);
        }
    }

    /**
     * Looks at what a witness has, and gives it the checkpoint.
     *
     * @throws IOException when it does not answer, or holds something that may not be replaced
     */
    static void bring(Checkpoint checkpoint, Witness witness, Check check) throws IOException {
        Optional<String> last = witness.last();
        if (last.isPresent()) {
            if (last.get().equals(checkpoint.note())) {
                return;
            }
            if (!check.mayFollow(witness.name(), last.get())) {
                throw new IOException(witness.name() + " holds something else, which is left there");
            }
        }
        witness.keep(checkpoint.note());
    }

    private synchronized void done(Post post, Checkpoint checkpoint, String problem) {
        if (problem == null) {
            post.kept = checkpoint;
            post.failures = 0;
            post.since = null;
            post.notBefore = now() + paceMillis;
        } else {
            if (post.failures == 0) {
                LOGGER.warning(() -> "The ledger's witness " + post.witness.name()
                        + " does not have the newest checkpoint: " + problem);
                post.since = clock.instant();
            }
            long wait = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(post.failures, 20));
            post.failures++;
            post.notBefore = now() + wait;
        }
        post.problem = problem;
    }

    /** @return {@code null} when the thread is to end: then those that did not fail have got the newest checkpoint */
    private synchronized Post next() {
        try {
            while (true) {
                long wait = Long.MAX_VALUE;
                for (Post post : posts) {
                    if (newest != null && !Objects.equals(newest, post.kept)) {
                        long left = post.notBefore - now();
                        if (closing ? post.failures == 0 : left <= 0) {
                            return post;
                        }
                        wait = Math.min(wait, left);
                    }
                }
                if (closing) {
                    return null;
                }
                wait(wait == Long.MAX_VALUE ? 0 : wait);
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "Nobody should interrupt this thread", e);
            return null;
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** Brings the newest checkpoint to those that answer, for a few seconds at the most; the others get it another time. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One witness and how it went. */
    private static final class Post {
        private final Witness witness;
        private Checkpoint kept;
        private String problem;
        private Instant since;
        private int failures;
        private long notBefore = Long.MIN_VALUE / 2;

        Post(Witness witness) {
            this.witness = witness;
        }
    }
}
