package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Says which deployment or rollback an entry is about. Looks of a gate and votes of an approval name only the gate or
 * the approval; they belong to whatever owns it, which an earlier entry said. Not thread safe.
 */
public final class Subjects {

    /** Of gates and approvals, whose ids never clash. */
    private final Map<String, String> owners = new LinkedHashMap<>();

    /**
     * Takes the next entry.
     *
     * @return ids of what it is about, the deployment before the rollback; at most a few
     */
    public Set<String> of(Entry entry) {
        Set<String> subjects = new LinkedHashSet<>(4);
        subjects.add(entry.text("deployment"));
        subjects.add(entry.text("rollback"));
        if (entry.kind() == EventKind.LEASE_TAKEN || entry.kind() == EventKind.LEASE_RELEASED) {
            subjects.add(entry.text("holder"));
        }
        // while going back an entry may name both; what is asked or measured then is the rollback's
        String owner = entry.text("rollback") != null ? entry.text("rollback") : entry.text("deployment");
        subjects.add(owned(entry.text("gate"), owner));
        subjects.add(owned(entry.text("approval"), owner));
        subjects.remove(null);
        return subjects;
    }

    private String owned(String id, String owner) {
        if (id == null) {
            return null;
        }
        if (owner != null) {
            owners.putIfAbsent(id, owner);
        }
        return owners.get(id);
    }

    /** Writes down what it remembers. */
    public void save(StateWriter out) {
        out.each(owners.entrySet(), owner -> {
            out.text(owner.getKey());
            out.text(owner.getValue());
        });
    }

    /** Reads what {@link #save} wrote. */
    public static Subjects load(StateReader in) {
        Subjects subjects = new Subjects();
        in.each(() -> subjects.owners.put(in.text(), in.text()));
        return subjects;
    }
}
