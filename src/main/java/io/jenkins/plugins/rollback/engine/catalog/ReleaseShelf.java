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

/** The releases that were retained. The first retention of a version counts: a release never changes. */
final class ReleaseShelf {

    private final Map<ReleaseId, Release> byId = new LinkedHashMap<>();
    private final Map<String, List<Release>> byService = new HashMap<>();

    void apply(Entry entry) {
        if (entry.kind() != EventKind.RELEASE_RETAINED) {
            return;
        }
        ReleaseId id = entry.release().orElse(null);
        if (id == null || byId.containsKey(id)) {
            return;
        }
        Release release = new Release(
                id,
                entry.text("commit"),
                entry.text("manifest"),
                entry.data().path("files").asInt(),
                entry.data().path("bytes").asLong(),
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
            out.text(release.build());
            out.time(release.retainedAt());
            out.number(release.entry());
        });
    }

    void load(StateReader in) {
        in.each(() -> add(new Release(
                new ReleaseId(in.text(), in.text()),
                in.text(),
                in.text(),
                in.integer(),
                in.number(),
                in.text(),
                in.time(),
                in.number())));
    }

    Optional<Release> find(ReleaseId id) {
        return Optional.ofNullable(byId.get(id));
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
