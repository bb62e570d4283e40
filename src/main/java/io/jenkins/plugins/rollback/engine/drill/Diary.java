package io.jenkins.plugins.rollback.engine.drill;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps the timeline of a drill and tells the listener. */
final class Diary {

    private final Clock clock;
    private final Instant begin;
    private final DrillListener listener;
    private final List<TimelineItem> items = new ArrayList<>();
    private final List<DrillReport.Look> looks = new ArrayList<>();
    private double share;

    Diary(Clock clock, DrillListener listener) {
        this.clock = clock;
        this.begin = clock.instant();
        this.listener = listener;
    }

    Instant begin() {
        return begin;
    }

    double seconds() {
        return Duration.between(begin, clock.instant()).toMillis() / 1e3;
    }

    void reached(Phase phase, String what) {
        TimelineItem item = new TimelineItem(clock.instant(), seconds(), phase, what);
        items.add(item);
        listener.reached(item);
    }

    /** @param now how far the whole drill is; what would go backwards is not told */
    void progress(Phase phase, double now, String what) {
        share = Math.min(1, Math.max(share, now));
        listener.progress(phase, share, what);
    }

    void look(DrillReport.Look look) {
        looks.add(look);
    }

    List<TimelineItem> items() {
        return List.copyOf(items);
    }

    List<DrillReport.Look> looks() {
        return List.copyOf(looks);
    }
}
