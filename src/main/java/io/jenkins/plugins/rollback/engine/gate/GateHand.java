package io.jenkins.plugins.rollback.engine.gate;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Event;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Duration;
import java.util.Locale;

/**
 * What a person does to a running gate. It is recorded before it takes effect; {@link #again} reads the record, for a
 * controller that died in between. Doing it twice comes to the same as once.
 */
public final class GateHand {

    private static final String STOP = "gate ended early";
    private static final String EXTEND = "gate extended";
    private static final String OVERRIDE = "gate overridden";

    private final String what;
    private final int more;
    private final Verdict verdict;

    private GateHand(String what, int more, Verdict verdict) {
        this.what = what;
        this.more = more;
        this.verdict = verdict;
    }

    /** Ends it now, with the verdict that the last look leads to. */
    public static GateHand stop() {
        return new GateHand(STOP, 0, null);
    }

    /**
     * Allows more looks.
     *
     * @param more how many, from 1
     * @throws IllegalArgumentException when that is none, or more than any gate can have
     */
    public static GateHand extend(long more) {
        if (more < 1 || more > Analysis.MOST_LOOKS) {
            throw new IllegalArgumentException(
                    "a gate can be extended by 1 to " + Analysis.MOST_LOOKS + " looks, not by " + more);
        }
        return new GateHand(EXTEND, (int) more, null);
    }

    /**
     * Allows as many more looks as a time needs.
     *
     * @param time above zero; a part of an interval counts as a whole one
     * @param interval between two looks
     * @throws IllegalArgumentException as {@link #extend(long)}
     */
    public static GateHand extend(Duration time, Duration interval) {
        long step = interval.toMillis();
        return extend(Math.floorDiv(time.toMillis() + step - 1, step));
    }

    /**
     * Ends it with a person's verdict.
     *
     * @param verdict {@code PASS} or {@code FAIL}, in any case
     * @throws IllegalArgumentException for anything else
     */
    public static GateHand override(String verdict) {
        String word = verdict == null ? "" : verdict.strip().toUpperCase(Locale.ROOT);
        if (!word.equals(Verdict.PASS.name()) && !word.equals(Verdict.FAIL.name())) {
            throw new IllegalArgumentException("a gate can be taken as PASS or as FAIL, nothing else");
        }
        return new GateHand(OVERRIDE, 0, Verdict.valueOf(word));
    }

    /**
     * Why the gate cannot be treated so as it stands, for a person; {@code null} when it can.
     */
    public String refusedBy(Gate gate) {
        GateStatus status = gate.status();
        if (status.isEnded()) {
            return "the gate has ended already, with " + status.decided() + " at look " + status.look();
        }
        if (status.looks() + (long) more > Analysis.MOST_LOOKS) {
            return "the gate has " + status.looks() + " looks; it cannot have more than " + Analysis.MOST_LOOKS;
        }
        return null;
    }

    /** Completes an event about the gate: what is done, what was, and what is from now on. */
    public Event describe(Event event, Gate gate) {
        event.with("what", what).with("look", gate.status().look());
        if (what.equals(EXTEND)) {
            int looks = gate.status().looks() + more;
            return event.with("was", gate.status().looks() + " looks")
                    .with("now", looks + " looks")
                    .with("looks", looks);
        }
        String now = verdict == null ? "ended" : verdict.name();
        return event.with("was", gate.status().soFar().name()).with("now", now);
    }

    /**
     * Does to the gate what an entry says, if it is one of these.
     *
     * @param entry made with {@link #describe}
     * @return whether it is
     */
    public static boolean again(Entry entry, Gate gate) {
        switch (String.valueOf(entry.text("what"))) {
            case STOP -> gate.endNow();
            case EXTEND -> gate.extendTo(entry.data().path("looks").asInt());
            case OVERRIDE -> gate.override(Verdict.valueOf(entry.text("now")));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** As it is said in a build log: {@code ended early}, {@code given 10 more looks}, {@code taken as PASS}. */
    @Override
    public String toString() {
        return switch (what) {
            case STOP -> "ended early";
            case EXTEND -> "given " + more + " more looks";
            default -> "taken as " + verdict;
        };
    }
}
