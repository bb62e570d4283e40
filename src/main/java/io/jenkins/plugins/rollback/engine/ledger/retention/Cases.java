package io.jenkins.plugins.rollback.engine.ledger.retention;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which entries belong together: a case is a deployment with its gates, its approvals and its lease, and the rollbacks
 * that an entry names together with it. From a part of a case another history would be read than from the whole (a
 * deployment without the rollback that took it back looks good), so a case is either there or not. A union of sets, by
 * name.
 */
final class Cases {

    /** No case. */
    static final int NONE = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Target, String> leases = new HashMap<>(); // the name of the lease that is current
    private int[] parents = new int[1024];

    /**
     * Takes the next entry.
     *
     * @return a number for {@link #root}, or {@link #NONE} when it belongs to nothing
     */
    int add(Entry entry) {
        List<String> names = names(entry);
        int first = NONE;
        for (String name : names) {
            int number = number(name);
            first = first == NONE ? number : join(first, number);
        }
        lease(entry);
        return first;
    }

    /** Whether something of that name was there. */
    boolean knows(String name) {
        return numbers.containsKey(name);
    }

    /** The names of what an entry is about. */
    static List<String> names(Entry entry) {
        List<String> names = new ArrayList<>(4);
        add(names, "", entry.text("deployment"));
        add(names, "", entry.text("rollback"));
        add(names, "gate ", entry.text("gate"));
        add(names, "approval ", entry.text("approval"));
        if (entry.kind() == EventKind.LEASE_TAKEN || entry.kind() == EventKind.LEASE_RELEASED) {
            add(names, "", entry.text("holder"));
            names.add(leaseName(entry));
        }
        return names;
    }

    private static void add(List<String> names, String prefix, String id) {
        if (id != null) {
            names.add(prefix + id);
        }
    }

    static String gate(String id) {
        return "gate " + id;
    }

    static String approval(String id) {
        return "approval " + id;
    }

    private static String leaseName(Entry entry) {
        return "lease "
                + (entry.kind() == EventKind.LEASE_TAKEN
                        ? entry.number()
                        : entry.data().path("lease").asLong(-1));
    }

    /** Of a lease that took the place of another one, neither may go alone: the other would be current again. */
    private void lease(Entry entry) {
        Target target = entry.target().orElse(null);
        if (target != null && entry.kind() == EventKind.LEASE_TAKEN) {
            String before = leases.put(target, leaseName(entry));
            if (before != null) {
                join(number(before), number(leaseName(entry)));
            }
        } else if (target != null && entry.kind() == EventKind.LEASE_RELEASED) {
            leases.remove(target, leaseName(entry));
        }
    }

    /** Makes one case of two, if both are known. */
    void together(String one, String other) {
        if (knows(one) && knows(other)) {
            join(number(one), number(other));
        }
    }

    private int number(String name) {
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = numbers.size();
        if (number == parents.length) {
            parents = Arrays.copyOf(parents, number * 2);
        }
        parents[number] = number;
        numbers.put(name, number);
        return number;
    }

    private int join(int one, int other) {
        int root = root(one);
        parents[root(other)] = root;
        return root;
    }

    /** The case of a number, as it is known by now. */
    int root(int number) {
        int root = number;
        while (root >= 0 && parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    /** The case of a name, or {@link #NONE}. */
    int find(String name) {
        return root(numbers.getOrDefault(name, NONE));
    }
}
