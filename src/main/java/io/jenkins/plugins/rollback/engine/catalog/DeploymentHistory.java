package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Deployment;
import io.jenkins.plugins.rollback.engine.model.RollbackInfo;
import io.jenkins.plugins.rollback.engine.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every deployment of every target, those that finished rollbacks made included. */
final class DeploymentHistory {

    private final GateTally gates;
    private final Map<String, Deployment> byId = new LinkedHashMap<>();
    private final Map<Target, List<String>> byTarget = new HashMap<>();

    DeploymentHistory(GateTally gates) {
        this.gates = gates;
    }

    void apply(Entry entry) {
        switch (entry.kind()) {
            case DEPLOYMENT_STARTED -> start(entry);
            case DEPLOYMENT_SUCCEEDED -> end(entry, Deployment.State.SUCCEEDED);
            case DEPLOYMENT_FAILED -> end(entry, Deployment.State.FAILED);
            case DEPLOYMENT_INTERRUPTED -> end(entry, Deployment.State.INTERRUPTED);
            default -> {
                // says nothing about a deployment's state
            }
        }
    }

    private void start(Entry entry) {
        String id = entry.text("deployment");
        Target target = entry.target().orElse(null);
        if (id == null || target == null || entry.version() == null || byId.containsKey(id)) {
            return;
        }
        add(new Deployment(
                id,
                target,
                entry.version(),
                entry.text("commit"),
                entry.text("build"),
                Deployment.State.OPEN,
                0,
                0,
                entry.time(),
                null,
                null,
                entry.index()));
    }

    private void end(Entry entry, Deployment.State state) {
        Deployment deployment = byId.get(String.valueOf(entry.text("deployment")));
        if (deployment != null && deployment.state() == Deployment.State.OPEN) {
            byId.put(deployment.id(), with(deployment, state, entry.time(), deployment.rolledBackBy()));
        }
    }

    /** What a finished rollback means: what it left is taken back, and its {@code to} is deployed under its own id. */
    void wentBack(RollbackInfo rollback, String commit, Entry done) {
        takenBack(rollback)
                .ifPresent(left -> byId.put(left.id(), with(left, left.state(), left.endedAt(), rollback.id())));
        if (!byId.containsKey(rollback.id())) {
            add(new Deployment(
                    rollback.id(),
                    rollback.target(),
                    rollback.to(),
                    commit,
                    rollback.build(),
                    Deployment.State.SUCCEEDED,
                    0,
                    0,
                    rollback.startedAt(),
                    done.time(),
                    null,
                    done.index()));
        }
    }

    /** The deployment it names; when a person asked and named none, the newest one of the version that was left. */
    private Optional<Deployment> takenBack(RollbackInfo rollback) {
        if (rollback.deployment() != null) {
            return Optional.ofNullable(byId.get(rollback.deployment()));
        }
        List<String> ids = byTarget.getOrDefault(rollback.target(), List.of());
        for (int i = ids.size() - 1; i >= 0; i--) {
            Deployment candidate = byId.get(ids.get(i));
            if (candidate.version().equals(rollback.from())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void add(Deployment deployment) {
        byId.put(deployment.id(), deployment);
        byTarget.computeIfAbsent(deployment.target(), target -> new ArrayList<>())
                .add(deployment.id());
    }

    private static Deployment with(Deployment old, Deployment.State state, Instant endedAt, String rolledBackBy) {
        return new Deployment(
                old.id(),
                old.target(),
                old.version(),
                old.commit(),
                old.build(),
                state,
                old.gatesPassed(),
                old.gatesFailed(),
                old.startedAt(),
                endedAt,
                rolledBackBy,
                old.entry());
    }

    /** Adds what its gates said up to now. */
    private Deployment judged(Deployment bare) {
        return new Deployment(
                bare.id(),
                bare.target(),
                bare.version(),
                bare.commit(),
                bare.build(),
                bare.state(),
                gates.passed(bare.id()),
                gates.failed(bare.id()),
                bare.startedAt(),
                bare.endedAt(),
                bare.rolledBackBy(),
                bare.entry());
    }

    void save(StateWriter out) {
        out.each(byId.values(), deployment -> {
            out.text(deployment.id());
            out.text(deployment.target().service());
            out.text(deployment.target().environment());
            out.text(deployment.version());
            out.text(deployment.commit());
            out.text(deployment.build());
            out.text(deployment.state().name());
            out.time(deployment.startedAt());
            out.time(deployment.endedAt());
            out.text(deployment.rolledBackBy());
            out.number(deployment.entry());
        });
    }

    void load(StateReader in) {
        in.each(() -> add(new Deployment(
                in.text(),
                new Target(in.text(), in.text()),
                in.text(),
                in.text(),
                in.text(),
                Deployment.State.valueOf(in.text()),
                0,
                0,
                in.time(),
                in.time(),
                in.text(),
                in.number())));
    }

    Optional<Deployment> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(this::judged);
    }

    /** Newest first. */
    List<Deployment> of(Target target) {
        List<String> ids = byTarget.getOrDefault(target, List.of());
        List<Deployment> deployments = new ArrayList<>(ids.size());
        for (int i = ids.size() - 1; i >= 0; i--) {
            deployments.add(judged(byId.get(ids.get(i))));
        }
        return List.copyOf(deployments);
    }

    /** Oldest first. */
    List<Deployment> open() {
        return byId.values().stream()
                .filter(deployment -> deployment.state() == Deployment.State.OPEN)
                .map(this::judged)
                .toList();
    }

    Set<Target> targets() {
        return byTarget.keySet();
    }
}
