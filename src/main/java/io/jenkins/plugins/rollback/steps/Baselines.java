package io.jenkins.plugins.rollback.steps;

import io.jenkins.plugins.rollback.engine.gate.RecordedBaseline;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds what a healthy track of a target looked like when a gate last saw one. */
final class Baselines {

    private static final int CHUNK = 1000;

    /** Older baselines say little about today. */
    private static final long FURTHEST = 200_000;

    private Baselines() {}

    /** The baseline of the newest verdict of the target that has one. */
    static Optional<RecordedBaseline> newest(Ledger ledger, Target target) throws IOException {
        long end = ledger.size();
        long stop = Math.max(0, end - FURTHEST);
        for (long to = end; to > stop; to -= CHUNK) {
            List<Entry> entries = ledger.entries(Math.max(stop, to - CHUNK), to);
            for (int i = entries.size() - 1; i >= 0; i--) {
                Entry entry = entries.get(i);
                if (entry.kind() == EventKind.GATE_VERDICT
                        && entry.target().filter(target::equals).isPresent()
                        && entry.data().hasNonNull("baseline")) {
                    return Optional.of(RecordedBaseline.fromJson(entry.data().get("baseline")));
                }
            }
        }
        return Optional.empty();
    }
}
