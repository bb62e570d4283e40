package io.jenkins.plugins.rollback.engine.drill;

import java.io.IOException;
import java.time.Duration;

/** Waits for what another process has to bring about. */
final class Wait {

    /** Something that may hold now. */
    @FunctionalInterface
    interface Check {
        boolean holds() throws IOException, InterruptedException;
    }

    private Wait() {}

    /** @throws IOException naming {@code what} when it does not hold in time */
    static void until(String what, Duration longest, Check check) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!check.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited " + longest.toSeconds() + " s in vain: " + what);
            }
            Thread.sleep(20);
        }
    }
}
