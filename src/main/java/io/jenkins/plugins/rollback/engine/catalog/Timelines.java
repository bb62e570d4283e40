package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.index.Indexes;
import io.jenkins.plugins.rollback.engine.ledger.index.Subjects;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which entries are about which deployment or rollback: their indexes alone, the ledger has the rest. */
final class Timelines {

    private static final long[] NONE = {};

    private Subjects subjects = new Subjects();
    private final Map<String, Indexes> bySubject = new LinkedHashMap<>();

    void apply(Entry entry) {
        for (String subject : subjects.of(entry)) {
            bySubject.computeIfAbsent(subject, key -> new Indexes()).add(entry.index());
        }
    }

    long[] of(String subject) {
        Indexes indexes = bySubject.get(subject);
        return indexes == null ? NONE : indexes.toArray();
    }

    void save(StateWriter out) {
        subjects.save(out);
        out.each(bySubject.entrySet(), subject -> {
            out.text(subject.getKey());
            subject.getValue().save(out);
        });
    }

    void load(StateReader in) {
        subjects = Subjects.load(in);
        in.each(() -> bySubject.put(in.text(), Indexes.load(in)));
    }
}
