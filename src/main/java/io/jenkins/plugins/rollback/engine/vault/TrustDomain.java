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

    /** Which contents of a release have to be sent to the vault before it can be committed. */
    public static Set<String> toSend(Vault vault, Manifest manifest) throws IOException {
        Set<String> known = new HashSet<>();
        for (ReleaseId id : vault.releases(manifest.id().service())) {
            Optional<Manifest> earlier = vault.manifest(id);
            if (earlier.isPresent()) {
                known.addAll(earlier.get().contents());
            }
        }
        Set<String> contents = manifest.contents();
        Set<String> send = new LinkedHashSet<>(contents);
        send.removeAll(known);
        send.addAll(vault.missing(contents));
        return send;
    }
}
