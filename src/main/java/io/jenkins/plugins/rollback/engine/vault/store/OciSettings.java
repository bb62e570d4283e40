package io.jenkins.plugins.rollback.engine.vault.store;

import java.net.URI;
import java.time.Duration;

/**
 * Which OCI registry keeps releases.
 *
 * @param registry its address without a path, for example {@code https://registry.example}
 * @param repository before the name of each service, for example {@code releases}
 * @param patience how long the registry may be silent
 */
public record OciSettings(URI registry, String repository, Duration patience) {

    private static final String COMPONENT = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";

    /** @throws IllegalArgumentException naming the part that cannot be */
    public OciSettings {
        if (registry == null
                || registry.getHost() == null
                || !String.valueOf(registry.getScheme()).matches("https?")
                || registry.getUserInfo() != null
                || !registry.getPath().matches("/?")) {
            throw new IllegalArgumentException("a registry is given as https://host or https://host:port");
        }
        if (repository == null || !repository.matches(COMPONENT + "(/" + COMPONENT + ")*")) {
            throw new IllegalArgumentException(
                    "a repository has lower-case letters and digits, between them '.', '_'," + " '-' or '/'");
        }
    }
}
