package io.jenkins.plugins.rollback.engine.vault;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Contents that somebody who speaks for a service sent, although no release has them yet: what a lost channel
 * interrupted need not be sent again. In memory: after a restart everything of an unfinished release is sent anew.
 */
public final class ShownContents {

    /** Hashes for each service; the oldest go first. */
    private static final int MOST = 10_000;

    private final Map<String, Set<String>> services = new HashMap<>();

    /** Remembers a content, which the vault has hashed itself. */
    public synchronized void add(String service, String sha256) {
        services.computeIfAbsent(service, key -> Collections.newSetFromMap(new Latest()))
                .add(sha256);
    }

    /** What was shown for a service; the vault may meanwhile have collected some of it. */
    public synchronized Set<String> of(String service) {
        return Set.copyOf(services.getOrDefault(service, Set.of()));
    }

    private static final class Latest extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }
}
