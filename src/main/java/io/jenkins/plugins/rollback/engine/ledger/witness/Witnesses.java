package io.jenkins.plugins.rollback.engine.ledger.witness;

import io.jenkins.plugins.rollback.engine.ledger.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings each new checkpoint to every witness in the background, and looks first at what the witness has. Only the
 * newest checkpoint counts; a witness that cannot be reached is tried again, at growing intervals, while the others go
 * on. Appending never waits for a witness.
 */
final class Witnesses implements Closeable {

    private static final Logger LOGGER = Logger.getLogger(Witnesses.class.getName());

    /** Says whether a note may be replaced by a newer one of ours. */
    @FunctionalInterface
    interface Check {
        boolean mayFollow(String witness, String note) throws IOException;
    }

    private final List<Post> posts = new ArrayList<>();
    private final Check check;
    private final long firstRetryMillis;
    private final long lastRetryMillis;
    private final Thread thread = new Thread(this::run, "ledger witnesses");
    private Checkpoint newest; // guarded by this, as everything below
    private boolean closing;

    /** @param firstRetry and doubled from then on, up to {@code lastRetry} */
    Witnesses(List<Witness> witnesses, Check check, Duration firstRetry, Duration lastRetry) {
        witnesses.forEach(witness -> posts.add(new Post(witness)));
        this.check = check;
        firstRetryMillis = firstRetry.toMillis();
        lastRetryMillis = lastRetry.toMillis();
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
                .map(post ->
                        new WitnessState(post.witness.name(), post.kept == null ? -1 : post.kept.size(), post.problem))
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
                visit(due.witness, checkpoint);
            } catch (IOException | RuntimeException e) {
                problem = String.valueOf(e.getMessage());
                LOGGER.log(Level.FINE, "A witness could not be visited", e);
            }
            done(due, checkpoint, problem);
        }
    }

    private void visit(Witness witness, Checkpoint checkpoint) throws IOException {
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
        } else {
            if (post.failures == 0) {
                LOGGER.warning(() -> "The ledger's witness " + post.witness.name()
                        + " does not have the newest checkpoint: " + problem);
            }
            long wait = Math.min(lastRetryMillis, firstRetryMillis << Math.min(post.failures, 20));
            post.failures++;
            post.notBefore = now() + wait;
        }
        post.problem = problem;
    }

    /** @return {@code null} when the thread is to end */
    private synchronized Post next() {
        try {
            while (!closing) {
                long wait = Long.MAX_VALUE;
                for (Post post : posts) {
                    if (newest != null && !Objects.equals(newest, post.kept)) {
                        long left = post.notBefore - now();
                        if (left <= 0) {
                            return post;
                        }
                        wait = Math.min(wait, left);
                    }
                }
                wait(wait == Long.MAX_VALUE ? 0 : wait);
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "Nobody should interrupt this thread", e);
        }
        return null;
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    /** Ends without waiting for a witness that does not answer; what it misses it gets after the next start. */
    @Override
    public synchronized void close() {
        closing = true;
        notifyAll();
    }

    /** One witness and how it went. */
    private static final class Post {
        private final Witness witness;
        private Checkpoint kept;
        private String problem;
        private int failures;
        private long notBefore = Long.MIN_VALUE / 2;

        Post(Witness witness) {
            this.witness = witness;
        }
    }
}
