package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.Names;
import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.util.Optional;

/** How things are called in stores that know names with slashes: folders and S3. */
final class StoreKeys {

    static final String BLOBS = "blobs/sha256/";
    static final String RELEASES = "releases/";
    private static final String JSON = ".json";

    private StoreKeys() {}

    static String blob(String sha256) {
        return BLOBS + sha256;
    }

    static String release(ReleaseId id) {
        return RELEASES + id.service() + '/' + id.version() + JSON;
    }

    /** The release whose document has this name; nothing for a stranger. */
    static Optional<ReleaseId> releaseOf(String key) {
        String[] parts = key.startsWith(RELEASES) && key.endsWith(JSON)
                ? key.substring(RELEASES.length(), key.length() - JSON.length()).split("/", -1)
                : new String[0];
        return parts.length == 2 && Names.isValid(parts[0]) && Names.isValid(parts[1])
                ? Optional.of(new ReleaseId(parts[0], parts[1]))
                : Optional.empty();
    }
}
