package io.jenkins.plugins.rollback.engine.catalog;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.model.Release;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The releases that are retained, and what is left to say of those that were dropped. The first retention of a version
 * counts: a release never changes. One that was dropped may be retained again.
 */
final class ReleaseShelf {

    private final Map<ReleaseId, Release> byId = new LinkedHashMap<>();
    private final Map<String, List<Release>> byService = new HashMap<>();
    private final Map<ReleaseId, DroppedRelease> dropped = new LinkedHashMap<>();

    void apply(Entry entry) {
        ReleaseId id = entry.release().orElse(null);
        if (id != null && entry.kind() == EventKind.RELEASE_RETAINED && !byId.containsKey(id)) {
            retain(id, entry);
        } else if (id != null && entry.kind() == EventKind.RELEASE_DROPPED && byId.containsKey(id)) {
            drop(id, entry);
        }
    }

    private void drop(ReleaseId id, Entry entry) {
        Release release = byId.remove(id);
        byService.get(id.service()).remove(release);
        add(new DroppedRelease(id, release.manifest(), entry.text("policy"), entry.time(), entry.index()));
    }

    private void add(DroppedRelease gone) {
        dropped.put(gone.id(), gone);
    }

    private void retain(ReleaseId id, Entry entry) {
        dropped.remove(id);
        Release release = new Release(
                id,
                entry.text("commit"),
                entry.text("manifest"),
                entry.data().path("files").asInt(),
                entry.data().path("bytes").asLong(),
                entry.data().path("stored").asLong(-1),
                entry.environment(),
                entry.text("build"),
                entry.time(),
                entry.index());
        add(release);
    }

    private void add(Release release) {
        byId.put(release.id(), release);
        byService
                .computeIfAbsent(release.id().service(), service -> new ArrayList<>())
                .add(release);
    }

    void save(StateWriter out) {
        out.each(byId.values(), release -> {
            out.text(release.id().service());
            out.text(release.id().version());
            out.text(release.commit());
            out.text(release.manifest());
            out.number(release.files());
            out.number(release.bytes());
            out.number(release.stored());
            out.text(release.environment());
            out.text(release.build());
            out.time(release.retainedAt());
            out.number(release.entry());
        });
        out.each(dropped.values(), gone -> {
            out.text(gone.id().service());
            out.text(gone.id().version());
            out.text(gone.manifest());
            out.text(gone.policy());
            out.time(gone.at());
            out.number(gone.entry());
        });
    }

    void load(StateReader in) {
        in.each(() -> add(new Release(
                new ReleaseId(in.text(), in.text()),
                in.text(),
                in.text(),
                in.integer(),
                in.number(),
                in.number(),
                in.text(),
                in.text(),
                in.time(),
                in.number())));
        in.each(() -> add(
                new DroppedRelease(new ReleaseId(in.text(), in.text()), in.text(), in.text(), in.time(), in.number())));
    }

    Optional<Release> find(ReleaseId id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<DroppedRelease> findDropped(ReleaseId id) {
        return Optional.ofNullable(dropped.get(id));
    }

    boolean holds(ReleaseId id) {
        return byId.containsKey(id);
    }

    /** Newest first. */
    List<Release> of(String service) {
        List<Release> releases = new ArrayList<>(byService.getOrDefault(service, List.of()));
        Collections.reverse(releases);
        return List.copyOf(releases);
    }
}
