package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many gates of each deployment or rollback said PASS and FAIL. A gate says who owns it in its first entry or in
 * its verdict; its first verdict counts, so that a repeated entry changes nothing.
 */
final class GateTally {

    private final Map<String, String> owners = new HashMap<>();
    private final Set<String> judged = new HashSet<>();
    private final Map<String, Integer> passed = new HashMap<>();
    private final Map<String, Integer> failed = new HashMap<>();

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

    int passed(String owner) {
        return passed.getOrDefault(owner, 0);
    }

    int failed(String owner) {
        return failed.getOrDefault(owner, 0);
    }
}
