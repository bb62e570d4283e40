package io.jenkins.plugins.rollback.actions;

import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.util.Timer;

/** Does something in the background; asking again while it is under way changes nothing. */
public final class Soon {

    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable work;

    /** @param work reports its own failures */
    public Soon(Runnable work) {
        this.work = work;
    }

    /** Starts it, unless it is under way. */
    public void ask() {
        if (asked.compareAndSet(false, true)) {
            Timer.get().execute(() -> {
                try {
                    work.run();
                } finally {
                    asked.set(false);
                }
            });
        }
    }

    /** Whether somebody asked for it and it has not ended yet. */
    public boolean isUnderWay() {
        return asked.get();
    }
}
