package io.jenkins.plugins.rollback.actions;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.People;
import java.time.Instant;

/** A ledger entry as a view shows it. Everything in it is plain text, to be escaped by the view. */
public final class TimelineLine {

    private final long index;
    private final Instant time;
    private final String kind;
    private final String version;
    private final String who;
    private final String what;

    private TimelineLine(Entry entry, People people) {
        index = entry.index();
        time = entry.time();
        kind = entry.kind().wire();
        version = entry.version();
        who = people.shown(entry.actor());
        what = describe(entry, people);
    }

    static TimelineLine of(Entry entry, People people) {
        return new TimelineLine(entry, people);
    }

    private static String describe(Entry entry, People people) {
        if (entry.text("summary") != null) {
            return (entry.text("verdict") == null ? "" : entry.text("verdict") + ": ") + entry.text("summary");
        }
        if (entry.text("cause") != null) {
            return entry.text("cause");
        }
        if (entry.text("verdict") != null) {
            return entry.text("verdict");
        }
        return entry.reason() == null ? "" : people.text(entry.reason()).orElse("");
    }

    /** Number in the ledger. */
    public long getIndex() {
        return index;
    }

    public Instant getTime() {
        return time;
    }

    /** For example {@code rollback.done}. */
    public String getKind() {
        return kind;
    }

    /** Or {@code null}. */
    public String getVersion() {
        return version;
    }

    /** A user's id, or what else did it. */
    public String getWho() {
        return who;
    }

    /** A few words more, or an empty text. */
    public String getWhat() {
        return what;
    }
}
