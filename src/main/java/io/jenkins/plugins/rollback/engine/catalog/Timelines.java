package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.index.Subjects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which entries are about which deployment or rollback. */
final class Timelines {

    private final Subjects subjects = new Subjects();
    private final Map<String, List<Entry>> bySubject = new HashMap<>();

    void apply(Entry entry) {
        subjects.of(entry).forEach(subject -> bySubject
                .computeIfAbsent(subject, key -> new ArrayList<>())
                .add(entry));
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
