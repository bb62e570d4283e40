package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.store.ObjectStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a store has, asked once and then kept up by who writes to it: pages ask often, and a store answers slowly. Holds
 * the manifests that were asked for, about 200 bytes a file. Thread safe.
 */
final class StoreCatalog {

    private final ObjectStore store;
    private final StoreReader reader;
    private final Map<ReleaseId, Manifest> manifests = new HashMap<>();
    private Set<ReleaseId> releases; // null until the store has answered

    StoreCatalog(ObjectStore store, StoreReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** All releases of the store. */
    synchronized Set<ReleaseId> releases() throws IOException {
        if (releases == null) {
            releases = new TreeSet<>(store.releases());
        }
        return Set.copyOf(releases);
    }

    synchronized void add(Manifest manifest) {
        if (releases != null) {
            releases.add(manifest.id());
        }
        manifests.put(manifest.id(), manifest);
    }

    synchronized void remove(ReleaseId id) {
        if (releases != null) {
            releases.remove(id);
        }
        manifests.remove(id);
    }

    synchronized Optional<Manifest> manifest(ReleaseId id) throws IOException {
        if (!manifests.containsKey(id) && releases().contains(id)) {
            reader.manifest(id).ifPresent(manifest -> manifests.put(id, manifest));
        }
        return Optional.ofNullable(manifests.get(id));
    }

    /** A release that needs a content: of those that were asked for, else of all. */
    synchronized Optional<ReleaseId> releaseWith(String sha256) throws IOException {
        Optional<ReleaseId> known = manifests.values().stream()
                .filter(manifest -> manifest.contents().contains(sha256))
                .map(Manifest::id)
                .findFirst();
        if (known.isPresent()) {
            return known;
        }
        for (ReleaseId id : releases()) {
            if (!manifests.containsKey(id)
                    && manifest(id)
                            .filter(found -> found.contents().contains(sha256))
                            .isPresent()) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }
}
