package io.jenkins.plugins.rollback.actions;

import hudson.Util;
import io.jenkins.plugins.rollback.config.RollbackEngine;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.People;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;
import java.util.Set;
import org.jvnet.localizer.ResourceBundleHolder;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What the ledger knows of a deployment or rollback, in order, as sentences with their entry numbers. */
@ExportedBean
public final class TimelineView {

    /** Bookkeeping that says nothing to a person. */
    private static final Set<EventKind> LEFT_OUT = Set.of(EventKind.LEASE_TAKEN, EventKind.LEASE_RELEASED);

    private static final Set<EventKind> ENDS = Set.of(
            EventKind.DEPLOYMENT_SUCCEEDED,
            EventKind.DEPLOYMENT_FAILED,
            EventKind.DEPLOYMENT_INTERRUPTED,
            EventKind.ROLLBACK_DONE,
            EventKind.ROLLBACK_FAILED,
            EventKind.ROLLBACK_CANCELLED);

    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Messages.class);

    private final List<Line> lines;

    private TimelineView(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * The timeline of a deployment or rollback; empty when the ledger cannot be read.
     *
     * @param id of the deployment or rollback
     */
    public static TimelineView of(String id) {
        return RollbackEngine.find()
                .map(engine -> of(engine.catalog().timeline(id), engine.ledger().people()))
                .orElseGet(() -> new TimelineView(List.of()));
    }

    /** Of given entries. Looks of a gate are folded into the last one, so that thirty looks are one line. */
    public static TimelineView of(List<Entry> entries, People people) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean lookGoesOn = entry.kind() == EventKind.GATE_LOOK
                    && i + 1 < entries.size()
                    && (entries.get(i + 1).kind() == EventKind.GATE_LOOK
                            || entries.get(i + 1).kind() == EventKind.GATE_VERDICT);
            if (!LEFT_OUT.contains(entry.kind()) && !lookGoesOn) {
                lines.add(new Line(entry, people));
            }
        }
        return new TimelineView(List.copyOf(lines));
    }

    /** One entry by itself. */
    public static Line line(Entry entry, People people) {
        return new Line(entry, people);
    }

    @Exported(inline = true)
    public List<Line> getLines() {
        return lines;
    }

    /** Who set it going, or {@code null} when there is no entry. */
    @Exported
    public String getOperator() {
        return lines.isEmpty() ? null : lines.get(0).getWho();
    }

    /** When it began, or {@code null} when there is no entry. */
    public When getStarted() {
        return lines.isEmpty() ? null : lines.get(0).getWhen();
    }

    /** From the first entry to the last, in words; {@code null} while it goes on. */
    @Exported
    public String getDuration() {
        if (lines.isEmpty() || !ENDS.contains(lines.get(lines.size() - 1).entry.kind())) {
            return null;
        }
        Instant last = lines.get(lines.size() - 1).entry.time();
        return Util.getTimeSpanString(
                Math.max(0, Duration.between(lines.get(0).entry.time(), last).toMillis()));
    }

    /** One entry. */
    @ExportedBean
    public static final class Line {

        private final Entry entry;
        private final People people;

        Line(Entry entry, People people) {
            this.entry = entry;
            this.people = people;
        }

        /** Its number in the ledger. */
        @Exported
        public long getEntry() {
            return entry.index();
        }

        @Exported
        public String getTime() {
            return entry.time().toString();
        }

        public When getWhen() {
            return When.of(entry.time());
        }

        /** Its kind, for example {@code rollback.done}. */
        @Exported
        public String getKind() {
            return entry.kind().wire();
        }

        /** {@code good}, {@code bad}, {@code ask} or {@code plain}: which colour it gets. */
        public String getTone() {
            return switch (entry.kind()) {
                case DEPLOYMENT_SUCCEEDED, ROLLBACK_DONE, APPROVAL_GIVEN -> "good";
                case DEPLOYMENT_FAILED,
                        DEPLOYMENT_INTERRUPTED,
                        ROLLBACK_FAILED,
                        APPROVAL_REFUSED,
                        RELEASE_REFUSED,
                        ACTION_FAILED,
                        ESCALATION -> "bad";
                case GATE_VERDICT, ROLLBACK_VERIFIED -> "PASS".equals(entry.text("verdict")) ? "good" : "bad";
                case ROLLBACK_PROPOSED, APPROVAL_ASKED, TRIGGER_RECEIVED, OVERRIDE, THROTTLE -> "ask";
                default -> "plain";
            };
        }

        /** What happened, as a sentence. */
        @Exported
        public String getWhat() {
            String key = "Timeline." + entry.kind().name();
            if (entry.kind() == EventKind.OVERRIDE && entry.text("what") != null) {
                return TEXTS.format(
                        "Timeline.overruled", entry.text("what"), text(entry.text("was")), text(entry.text("now")));
            }
            try {
                return TEXTS.format(
                        key,
                        text(entry.version()),
                        text(entry.text("from")),
                        text(entry.text("to") == null ? entry.version() : entry.text("to")),
                        text(entry.text("verdict")),
                        text(entry.text("summary")),
                        text(entry.text("cause")),
                        text(entry.text("look")));
            } catch (MissingResourceException e) {
                return entry.kind().wire(); // a kind that is younger than this page
            }
        }

        /** Who did it. */
        @Exported
        public String getWho() {
            return people.shown(entry.actor());
        }

        /** The free text that came with it, or {@code null}. Questions put to people keep something else there. */
        @Exported
        public String getReason() {
            return entry.reason() == null || entry.kind() == EventKind.APPROVAL_ASKED
                    ? null
                    : people.text(entry.reason()).orElse(null);
        }

        private static String text(String value) {
            return value == null ? "?" : value;
        }
    }
}
