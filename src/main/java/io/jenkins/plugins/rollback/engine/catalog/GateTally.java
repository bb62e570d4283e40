package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many gates of each deployment or rollback said PASS and FAIL. A gate says who owns it in its first entry or in
 * its verdict; its first verdict counts, so that a repeated entry changes nothing.
 */
final class GateTally {

    private final Map<String, String> owners = new LinkedHashMap<>();
    private final Set<String> judged = new LinkedHashSet<>();
    private final Map<String, Integer> passed = new LinkedHashMap<>();
    private final Map<String, Integer> failed = new LinkedHashMap<>();

    void apply(Entry entry) {
        String gate = entry.text("gate");
        if (gate == null) {
            return;
        }
        String owner = owner(entry);
        if (owner != null) {
            owners.putIfAbsent(gate, owner);
        }
        if (entry.kind() == EventKind.GATE_VERDICT) {
            settle(gate, entry.text("verdict"));
        }
    }

    private void settle(String gate, String verdict) {
        String owner = owners.get(gate);
        if (owner == null || verdict == null || !judged.add(gate)) {
            return;
        }
        if (verdict.equals(Verdict.PASS.name())) {
            passed.merge(owner, 1, Integer::sum);
        } else if (verdict.equals(Verdict.FAIL.name())) {
            failed.merge(owner, 1, Integer::sum);
        }
    }

    /**
     * Whose gate it is: while going back an entry may name both, and then the gate is the rollback's verification and
     * says nothing about the deployment that is being left.
     */
    private static String owner(Entry entry) {
        String rollback = entry.text("rollback");
        return rollback != null ? rollback : entry.text("deployment");
    }

    void save(StateWriter out) {
        out.each(owners.entrySet(), owner -> {
            out.text(owner.getKey());
            out.text(owner.getValue());
        });
        out.each(judged, out::text);
        save(passed, out);
        save(failed, out);
    }

    private static void save(Map<String, Integer> counts, StateWriter out) {
        out.each(counts.entrySet(), count -> {
            out.text(count.getKey());
            out.number(count.getValue());
        });
    }

    void load(StateReader in) {
        in.each(() -> owners.put(in.text(), in.text()));
        in.each(() -> judged.add(in.text()));
        in.each(() -> passed.put(in.text(), in.integer()));
        in.each(() -> failed.put(in.text(), in.integer()));
    }

    int passed(String owner) {
        return passed.getOrDefault(owner, 0);
    }

    int failed(String owner) {
        return failed.getOrDefault(owner, 0);
    }
}
