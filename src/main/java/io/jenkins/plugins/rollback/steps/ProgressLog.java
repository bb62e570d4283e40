package io.jenkins.plugins.rollback.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.rollback.engine.vault.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Writes how far a long work is into the build log: the first line after some seconds, then one each some seconds. */
final class ProgressLog implements Progress {

    /** Also the shortest work that shows a line at all. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final double MEGA = 1_000_000;

    private final Consumer<String> log;
    private final String what;
    private final LongSupplier nanoTime;
    private final long start;
    private long next;

    /** @param what begins each line, for example {@code Hashing} */
    ProgressLog(TaskListener listener, String what) {
        this(listener.getLogger()::println, what, System::nanoTime);
    }

    ProgressLog(Consumer<String> log, String what, LongSupplier nanoTime) {
        this.log = log;
        this.what = what;
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
        next = start + INTERVAL.toNanos();
    }

    @Override
    public void at(String file, long done, long total) {
        at(done, total, 0);
    }

    /**
     * Tells how far it is and what was spared.
     *
     * @param saved bytes among those that are done that did not have to be sent; 0 or less says nothing
     */
    void at(long done, long total, long saved) {
        long now = nanoTime.getAsLong();
        if (now - next < 0 || total == 0) {
            return;
        }
        next = now + INTERVAL.toNanos();
        double seconds = (now - start) / 1e9;
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %d %% of %s, %.1f MB/s",
                what,
                Math.min(100, done * 100 / total),
                size(total),
                done / MEGA / seconds));
        if (done > 0 && done < total) {
            // as fast as on average so far
            double left = seconds * (total - done) / done;
            line.append(", about ").append(time((long) Math.ceil(left))).append(" left");
        }
        if (saved > 0) {
            line.append(", ").append(size(saved)).append(" saved");
        }
        log.accept(line.toString());
    }

    private static String time(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /** A size for people, in decimal units. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB"};
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
