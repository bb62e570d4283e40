package io.jenkins.plugins.rollback.engine.plan;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.vault.Manifest;
import io.jenkins.plugins.rollback.engine.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Looks into a vault: every byte of the release is read and compared with its hash, not just found. */
public final class RetainedArtifacts implements Artifacts {

    private final Vault vault;

    public RetainedArtifacts(Vault vault) {
        this.vault = vault;
    }

    @Override
    public FeasibilityItem check(ReleaseId release) {
        String item = "artifact " + release;
        try {
            Optional<Manifest> manifest = vault.manifest(release);
            if (manifest.isEmpty()) {
                return new FeasibilityItem(item, FeasibilityItem.Level.BLOCKER, "is not in the vault");
            }
            long bytes = 0;
            for (String content : manifest.get().contents()) {
                try (InputStream in = vault.open(content)) {
                    bytes += in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return new FeasibilityItem(
                    item,
                    FeasibilityItem.Level.OK,
                    "restorable: " + bytes + " bytes were read just now and are what was retained");
        } catch (IOException e) {
            return new FeasibilityItem(item, FeasibilityItem.Level.BLOCKER, "cannot be restored: " + e.getMessage());
        }
    }
}
