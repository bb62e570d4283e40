package io.jenkins.plugins.rollback.engine.ledger.retention;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a schedule would drop from a ledger now, and why the rest of what is past its time stays. An entry goes when its
 * class's time is over, no hold is on it, its {@linkplain Cases case} is not live, and its bundle is full. What the state
 * of a deployment or rollback is computed from goes as a whole, and only together with or after everything else about it.
 */
public final class SweepPlan {

    /** So many ranges fit into one entry with certainty. */
    static final int RANGES = 2_000;

    /**
     * What becomes of the entries of one class that are past their time.
     *
     * @param dropped how many go
     * @param held how many a hold keeps
     * @param live how many are still needed
     * @param waiting how many wait: for their bundle to be full, or for the rest of what they are about to be past its time
     */
    public record Counts(long dropped, long held, long live, long waiting) {}

    private final History history;
    private final BitSet due = new BitSet();
    private final Set<Integer> touched = new HashSet<>();
    private final List<BitSet> batches = new ArrayList<>();
    private final Map<EventClass, long[]> counts = new EnumMap<>(EventClass.class);

    /** @param droppable how many entries, from the first on, lie in full bundles */
    SweepPlan(History history, RetentionPolicy policy, Live live, Instant now, long droppable) {
        this.history = history;
        live.together().forEach(pair -> history.cases.together(pair.get(0), pair.get(1)));
        Set<Integer> liveCases = new HashSet<>();
        live.names().forEach(name -> liveCases.add(history.cases.find(name)));
        liveCases.remove(Cases.NONE);
        BitSet past = new BitSet();
        Map<Integer, Boolean> whole = new HashMap<>(); // whether all of a case goes
        for (int i = 0; i < history.size; i++) {
            if (!history.isThere(i)) {
                continue;
            }
            boolean isPast = isPast(i, policy, now);
            past.set(i, isPast);
            boolean isLive = live.entries().contains((long) i) || liveCases.contains(history.caseOf(i));
            boolean goes = isPast && !isLive && i < droppable && !history.isHeld(i);
            due.set(i, goes);
            if (history.caseOf(i) != Cases.NONE) {
                whole.merge(history.caseOf(i), goes, Boolean::logicalAnd);
            }
            if (isPast && !goes) {
                count(i)[isLive ? 2 : history.isHeld(i) ? 1 : 3]++;
            }
        }
        batches(whole);
        past.and(due);
        past.stream().forEach(i -> count(i)[isDropped(i) ? 0 : 3]++);
    }

    private boolean isPast(int index, RetentionPolicy policy, Instant now) {
        return history.classOf(index)
                .flatMap(what -> policy.cutoff(what, now))
                .filter(cutoff -> history.time(index) < cutoff.toEpochMilli())
                .isPresent();
    }

    private long[] count(int index) {
        return counts.computeIfAbsent(history.classOf(index).orElseThrow(), what -> new long[4]);
    }

    /** First what goes by itself, then case after case, none of which is divided. */
    private void batches(Map<Integer, Boolean> whole) {
        Map<Integer, BitSet> cores = new TreeMap<>();
        BitSet batch = new BitSet();
        int ranges = 0;
        for (int i = due.nextSetBit(0); i >= 0; i = due.nextSetBit(i + 1)) {
            int root = history.caseOf(i);
            if (history.core.get(i) && root != Cases.NONE) {
                if (whole.get(root)) {
                    cores.computeIfAbsent(root, number -> new BitSet()).set(i);
                }
                continue;
            }
            ranges += i > 0 && batch.get(i - 1) ? 0 : 1;
            if (ranges > RANGES) {
                batches.add(batch);
                batch = new BitSet();
                ranges = 1;
            }
            batch.set(i);
            touched.add(root);
        }
        for (Map.Entry<Integer, BitSet> core : cores.entrySet()) {
            int more = core.getValue().cardinality();
            if (more > RANGES) {
                continue; // no event could name all of it: it stays
            }
            if (ranges + more > RANGES) {
                batches.add(batch);
                batch = new BitSet();
                ranges = 0;
            }
            batch.or(core.getValue());
            ranges += more;
            touched.add(core.getKey());
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        batches.removeIf(BitSet::isEmpty);
    }

    private boolean isDropped(int index) {
        return batches.stream().anyMatch(batch -> batch.get(index));
    }

    /** What happens to each class of which something is past its time. */
    public Map<EventClass, Counts> counts() {
        Map<EventClass, Counts> all = new EnumMap<>(EventClass.class);
        counts.forEach((what, n) -> all.put(what, new Counts(n[0], n[1], n[2], n[3])));
        return all;
    }

    /** How many of each class a batch holds. */
    Map<EventClass, Integer> classes(BitSet batch) {
        Map<EventClass, Integer> all = new EnumMap<>(EventClass.class);
        batch.stream().forEach(i -> all.merge(history.classOf(i).orElseThrow(), 1, Integer::sum));
        return all;
    }

    /** Indexes of the entries that go. */
    public BitSet entries() {
        BitSet all = new BitSet();
        batches.forEach(all::or);
        return all;
    }

    /** What goes in one step each, in this order. */
    List<BitSet> batches() {
        return batches;
    }

    /** How many entries were looked at. */
    long size() {
        return history.size;
    }

    /** Whether an entry that was recorded since is about something that would go. */
    boolean isDoubtedBy(Entry later) {
        return History.isHold(later)
                || Cases.names(later).stream().anyMatch(name -> {
                    int root = history.cases.find(name);
                    return root != Cases.NONE && touched.contains(root);
                });
    }
}
