package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may rely on contents that somebody else stored. Hashes are no secret: whoever could retain a release by naming
 * the hash of another team's file could then restore that file. So a content counts as there only when a release of
 * the same service has it; everything else has to be shown, although the vault then stores it only once.
 */
public final class TrustDomain {

    private TrustDomain() {}

    /**
     * Contents that count as there for a service: of its releases, and of what was sent for one that is not finished.
     *
     * @param shown what the controller has seen of the service lately
     */
    public static Set<String> known(Vault vault, String service, ShownContents shown) throws IOException {
        Set<String> known = new HashSet<>(shown.of(service));
        for (ReleaseId id : vault.releases(service)) {
            Optional<Manifest> earlier = vault.manifest(id);
            if (earlier.isPresent()) {
                known.addAll(earlier.get().contents());
            }
        }
        return known;
    }

    /**
     * Which contents of a release have to be sent to the vault before it can be committed.
     *
     * @param known of the release's service
     */
    public static Set<String> toSend(Vault vault, Manifest manifest, Set<String> known) throws IOException {
        Set<String> contents = manifest.contents();
        Set<String> send = new LinkedHashSet<>(contents);
        send.removeAll(known);
        send.addAll(vault.missing(contents));
        return send;
    }
}
