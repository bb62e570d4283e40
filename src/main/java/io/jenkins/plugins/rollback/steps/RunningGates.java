package io.jenkins.plugins.rollback.steps;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gates that run on this controller now, from their first record to the end of their step. After a restart a gate
 * is here again as soon as its build goes on.
 */
public final class RunningGates {

    private static final Map<String, RunningGate> GATES = new ConcurrentHashMap<>();

    private RunningGates() {}

    static void add(RunningGate gate) {
        GATES.put(gate.id(), gate);
    }

    /** @param gate also one that has not begun and thus has no id */
    static void remove(RunningGate gate) {
        GATES.values().remove(gate);
    }

    /** @param id as in the ledger */
    public static Optional<RunningGate> find(String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(GATES.get(id));
    }

    /** All of them, by service and environment. */
    public static List<RunningGate> all() {
        return GATES.values().stream()
                .sorted(Comparator.comparing((RunningGate gate) -> gate.target().toString())
                        .thenComparing(RunningGate::id))
                .toList();
    }
}
