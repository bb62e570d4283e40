package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries are about which deployment or rollback. Looks of a gate and votes of an approval name only the gate or
 * the approval; they belong to whatever owns it.
 */
final class Timelines {

    private final GateTally gates;
    private final Map<String, String> approvals = new HashMap<>();
    private final Map<String, List<Entry>> bySubject = new HashMap<>();

    Timelines(GateTally gates) {
        this.gates = gates;
    }

    /** To be called after the tally took the entry. */
    void apply(Entry entry) {
        Set<String> subjects = new LinkedHashSet<>();
        subjects.add(entry.text("deployment"));
        subjects.add(entry.text("rollback"));
        if (entry.kind() == EventKind.LEASE_TAKEN || entry.kind() == EventKind.LEASE_RELEASED) {
            subjects.add(entry.text("holder"));
        }
        String gate = entry.text("gate");
        if (gate != null) {
            subjects.add(gates.ownerOf(gate));
        }
        String approval = entry.text("approval");
        if (approval != null) {
            String owner = entry.text("rollback") != null ? entry.text("rollback") : entry.text("deployment");
            if (owner != null) {
                approvals.putIfAbsent(approval, owner);
            }
            subjects.add(approvals.get(approval));
        }
        subjects.remove(null);
        subjects.forEach(subject ->
                bySubject.computeIfAbsent(subject, key -> new ArrayList<>()).add(entry));
    }

    List<Entry> of(String subject) {
        return List.copyOf(bySubject.getOrDefault(subject, List.of()));
    }

    Optional<Entry> first(String subject, EventKind kind) {
        return bySubject.getOrDefault(subject, List.of()).stream()
                .filter(entry -> entry.kind() == kind)
                .findFirst();
    }
}
