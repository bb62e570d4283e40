package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The current lease of each target. A later lease replaces an earlier one; giving back an old one does nothing. */
final class LeaseTable {

    private final Map<Target, Lease> current = new LinkedHashMap<>();

    void apply(Entry entry) {
        Target target = entry.target().orElse(null);
        if (target == null) {
            return;
        }
        if (entry.kind() == EventKind.LEASE_TAKEN) {
            String holder = entry.text("holder");
            Lease.Purpose purpose = purpose(entry.text("purpose"));
            if (holder != null && purpose != null) {
                current.put(target, new Lease(target, entry.number(), holder, purpose, entry.text("build")));
            }
        } else if (entry.kind() == EventKind.LEASE_RELEASED) {
            long number = entry.data().path("lease").asLong(-1);
            current.computeIfPresent(target, (key, lease) -> lease.number() == number ? null : lease);
        }
    }

    private static Lease.Purpose purpose(String text) {
        for (Lease.Purpose purpose : Lease.Purpose.values()) {
            if (purpose.name().toLowerCase(Locale.ROOT).equals(text)) {
                return purpose;
            }
        }
        return null;
    }

    void save(StateWriter out) {
        out.each(current.values(), lease -> {
            out.text(lease.target().service());
            out.text(lease.target().environment());
            out.number(lease.number());
            out.text(lease.holder());
            out.text(lease.purpose().name());
            out.text(lease.build());
        });
    }

    void load(StateReader in) {
        in.each(() -> {
            Target target = new Target(in.text(), in.text());
            current.put(target, new Lease(target, in.number(), in.text(), Lease.Purpose.valueOf(in.text()), in.text()));
        });
    }

    List<Lease> all() {
        return List.copyOf(current.values());
    }

    Optional<Lease> of(Target target) {
        return Optional.ofNullable(current.get(target));
    }
}
