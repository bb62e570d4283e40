package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo.State;
import io.jenkins.plugins.rollback.engine.model.Target;
import io.jenkins.plugins.rollback.engine.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every rollback and how it stands. A transition that its state does not allow is ignored. */
final class RollbackTable {

    private final Map<String, RollbackInfo> byId = new LinkedHashMap<>();
    private final Map<Target, List<String>> byTarget = new HashMap<>();

    /** Returns the rollback when this entry finished it, so that the deployment it made can be recorded. */
    Optional<RollbackInfo> apply(Entry entry) {
        String id = entry.text("rollback");
        if (id == null) {
            return Optional.empty();
        }
        RollbackInfo known = byId.get(id);
        State state = known == null ? null : known.state();
        switch (entry.kind()) {
            case ROLLBACK_PROPOSED -> ask(entry, id, known, State.PROPOSED);
            case ROLLBACK_REQUESTED -> ask(entry, id, known, State.REQUESTED);
            case ROLLBACK_STARTED -> {
                if (state == State.REQUESTED) {
                    byId.put(id, started(known, entry));
                }
            }
            case ROLLBACK_VERIFIED -> {
                if (state == State.STARTED && known.verification() == null) {
                    byId.put(id, with(known, state, verdict(entry.text("verdict")), null));
                }
            }
            case ROLLBACK_DONE -> {
                return end(entry, known, state == State.STARTED, State.DONE);
            }
            case ROLLBACK_FAILED -> end(entry, known, state == State.STARTED, State.FAILED);
            case ROLLBACK_CANCELLED -> end(
                    entry, known, state == State.PROPOSED || state == State.REQUESTED, State.CANCELLED);
            default -> {
                // mentions a rollback, does not move it
            }
        }
        return Optional.empty();
    }

    private void ask(Entry entry, String id, RollbackInfo known, State state) {
        Target target = entry.target().orElse(null);
        if (known == null && target != null && entry.version() != null) {
            add(fresh(entry, id, target, state));
        } else if (known != null && known.state() == State.PROPOSED && state == State.REQUESTED) {
            byId.put(id, with(known, State.REQUESTED, known.verification(), null));
        }
    }

    private void add(RollbackInfo rollback) {
        byId.put(rollback.id(), rollback);
        byTarget.computeIfAbsent(rollback.target(), key -> new ArrayList<>()).add(rollback.id());
    }

    private static RollbackInfo fresh(Entry entry, String id, Target target, State state) {
        return new RollbackInfo(
                id,
                target,
                entry.text("from"),
                entry.version(),
                entry.text("deployment"),
                entry.text("trigger"),
                entry.text("build"),
                state,
                null,
                entry.time(),
                null,
                null,
                entry.index());
    }

    private static RollbackInfo started(RollbackInfo old, Entry entry) {
        String build = entry.text("build") == null ? old.build() : entry.text("build");
        return new RollbackInfo(
                old.id(),
                old.target(),
                old.from(),
                old.to(),
                old.deployment(),
                old.trigger(),
                build,
                State.STARTED,
                null,
                old.askedAt(),
                entry.time(),
                null,
                old.entry());
    }

    private Optional<RollbackInfo> end(Entry entry, RollbackInfo known, boolean allowed, State state) {
        if (!allowed) {
            return Optional.empty();
        }
        RollbackInfo ended = with(known, state, known.verification(), entry.time());
        byId.put(ended.id(), ended);
        return Optional.of(ended);
    }

    private static RollbackInfo with(RollbackInfo old, State state, Verdict verification, Instant endedAt) {
        return new RollbackInfo(
                old.id(),
                old.target(),
                old.from(),
                old.to(),
                old.deployment(),
                old.trigger(),
                old.build(),
                state,
                verification,
                old.askedAt(),
                old.startedAt(),
                endedAt,
                old.entry());
    }

    private static Verdict verdict(String name) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equals(name)) {
                return verdict;
            }
        }
        return null;
    }

    void save(StateWriter out) {
        out.each(byId.values(), rollback -> {
            out.text(rollback.id());
            out.text(rollback.target().service());
            out.text(rollback.target().environment());
            out.text(rollback.from());
            out.text(rollback.to());
            out.text(rollback.deployment());
            out.text(rollback.trigger());
            out.text(rollback.build());
            out.text(rollback.state().name());
            out.text(
                    rollback.verification() == null
                            ? null
                            : rollback.verification().name());
            out.time(rollback.askedAt());
            out.time(rollback.startedAt());
            out.time(rollback.endedAt());
            out.number(rollback.entry());
        });
    }

    void load(StateReader in) {
        in.each(() -> add(new RollbackInfo(
                in.text(),
                new Target(in.text(), in.text()),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                State.valueOf(in.text()),
                verdict(in.text()),
                in.time(),
                in.time(),
                in.time(),
                in.number())));
    }

    Optional<RollbackInfo> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Newest first. */
    List<RollbackInfo> of(Target target) {
        List<String> ids = byTarget.getOrDefault(target, List.of());
        List<RollbackInfo> rollbacks = new ArrayList<>(ids.size());
        for (int i = ids.size() - 1; i >= 0; i--) {
            rollbacks.add(byId.get(ids.get(i)));
        }
        return List.copyOf(rollbacks);
    }

    /** Oldest first. */
    List<RollbackInfo> open() {
        return byId.values().stream().filter(RollbackInfo::isOpen).toList();
    }

    Set<Target> targets() {
        return byTarget.keySet();
    }
}
