package io.jenkins.plugins.rollback.engine.ledger.retention;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What a sweep must know of each entry, in arrays: about 20 bytes an entry, whatever the entries hold. */
final class History {

    private static final int PAGE = 1000;

    /** How many entries it covers. */
    final int size;

    final Cases cases = new Cases();
    final BitSet core = new BitSet();
    private final long[] times;
    private final byte[] classes;
    private final int[] numbers;
    private final BitSet[] held;
    private final List<Hold> holds;

    private History(int size, List<Hold> holds) {
        this.size = size;
        this.holds = holds;
        times = new long[size];
        classes = new byte[size];
        numbers = new int[size];
        Arrays.fill(classes, (byte) -2); // dropped before
        held = holds.stream().map(hold -> new BitSet()).toArray(BitSet[]::new);
    }

    /** Reads a ledger from its first entry to its last. */
    static History of(Ledger ledger) throws IOException {
        Holds holds = new Holds();
        int size = Math.toIntExact(ledger.size());
        for (int from = 0; from < size; from += PAGE) { // which holds are in force, only the end tells
            ledger.entries(from, Math.min(size, from + PAGE)).forEach(holds::apply);
        }
        History history = new History(size, holds.list());
        for (int from = 0; from < size; from += PAGE) {
            ledger.entries(from, Math.min(size, from + PAGE)).forEach(history::add);
        }
        return history;
    }

    private void add(Entry entry) {
        int index = (int) entry.index();
        times[index] = entry.time().toEpochMilli();
        classes[index] = (byte)
                EventClass.of(entry.kind()).map(EventClass::ordinal).orElse(-1).intValue();
        String gate = entry.text("gate");
        // a look that is the first to mention its gate says whose gate it is
        core.set(index, EventClass.isCore(entry.kind()) || gate != null && !cases.knows(Cases.gate(gate)));
        numbers[index] = cases.add(entry);
        for (int i = 0; i < held.length; i++) {
            held[i].set(index, holds.get(i).on().isAbout(entry));
        }
    }

    boolean isThere(int index) {
        return classes[index] > -2;
    }

    /** The class of an entry that is there; empty when it is kept for ever. */
    Optional<EventClass> classOf(int index) {
        return classes[index] < 0 ? Optional.empty() : Optional.of(EventClass.values()[classes[index]]);
    }

    /** Milliseconds since 1970. */
    long time(int index) {
        return times[index];
    }

    /** The case of an entry, or {@link Cases#NONE}. */
    int caseOf(int index) {
        return cases.root(numbers[index]);
    }

    boolean isHeld(int index) {
        for (int i = 0; i < held.length; i++) {
            String subject = holds.get(i).on().subject();
            if (held[i].get(index) && (subject == null || isOf(index, cases.find(subject)))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOf(int index, int root) {
        return root != Cases.NONE && caseOf(index) == root;
    }

    /** Whether an entry that came later puts a plan in doubt that was made from this history. */
    static boolean isHold(Entry entry) {
        return entry.kind() == EventKind.HOLD_PLACED || entry.kind() == EventKind.HOLD_LIFTED;
    }
}
