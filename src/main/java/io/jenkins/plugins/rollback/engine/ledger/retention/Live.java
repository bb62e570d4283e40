package io.jenkins.plugins.rollback.engine.ledger.retention;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What projections say is not over yet; all that belongs to it is kept. Not thread safe. */
public final class Live {

    private final Set<String> names = new HashSet<>();
    private final Set<Long> entries = new HashSet<>();
    private final List<List<String>> together = new ArrayList<>();

    /** A deployment or rollback that is not over, or whose outcome still matters. */
    public void subject(String id) {
        names.add(id);
    }

    /** An approval that somebody may still give. */
    public void approval(String id) {
        names.add(Cases.approval(id));
    }

    /** One entry, whatever it is about. */
    public void entry(long index) {
        entries.add(index);
    }

    /** Two deployments or rollbacks of which neither may go without the other, although no entry names both. */
    public void together(String one, String other) {
        together.add(List.of(one, other));
    }

    Set<String> names() {
        return names;
    }

    Set<Long> entries() {
        return entries;
    }

    List<List<String>> together() {
        return together;
    }
}
