package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a vault again, each content once, and says what is wrong and which files of which releases it concerns. */
final class VaultVerifier {

    private final FileVault vault;
    private final VaultLayout layout;
    private final Pace pace;
    private final List<VaultFault> faults = new ArrayList<>();

    /** What is wrong with a content, empty when nothing is; in memory about 300 bytes a content. */
    private final Map<String, String> checked = new HashMap<>();

    private final Map<String, Long> sizes = new HashMap<>();

    VaultVerifier(FileVault vault, VaultLayout layout, Pace pace) {
        this.vault = vault;
        this.layout = layout;
        this.pace = pace;
    }

    List<VaultFault> verify() throws IOException {
        for (ReleaseId id : vault.releases()) {
            Optional<Manifest> manifest;
            try {
                manifest = vault.manifest(id);
            } catch (IOException e) {
                faults.add(new VaultFault(id, null, e.getMessage()));
                continue;
            }
            if (manifest.isPresent()) { // gone meanwhile: collected by another
                for (FileEntry file : manifest.get().files()) {
                    check(id, file);
                }
                if (manifest.get().snapshot() != null) {
                    check(id, manifest.get().snapshot());
                }
            }
        }
        List<Path> contents = new ArrayList<>(layout.allBlobs());
        contents.addAll(layout.allRecipes());
        for (Path blob : contents) {
            String name = blob.getFileName().toString();
            if (!checked.containsKey(name)) {
                String fault = name.matches("[0-9a-f]{64}") ? fault(name) : "is no content of this vault";
                if (!fault.isEmpty()) {
                    faults.add(new VaultFault(null, blob.toString(), fault));
                }
            }
        }
        return faults;
    }

    private void check(ReleaseId id, FileEntry file) throws IOException {
        if (file.isLink()) {
            return;
        }
        String fault = checked.get(file.sha256());
        if (fault == null) {
            fault = fault(file.sha256());
            checked.put(file.sha256(), fault);
        }
        if (fault.isEmpty() && sizes.get(file.sha256()) != file.size()) {
            fault = "has another size than its release says";
        }
        if (!fault.isEmpty()) {
            faults.add(new VaultFault(id, file.path(), fault));
        }
    }

    /** @throws IOException of the pace: then nothing is known of the content */
    private String fault(String sha256) throws IOException {
        byte[] buffer = new byte[Sha256.BUFFER];
        long size = 0;
        InputStream in;
        try {
            in = vault.open(sha256);
        } catch (IOException e) {
            return e.getMessage();
        }
        try (in) {
            for (int n = 0; n >= 0; size += Math.max(0, n)) {
                pace.read(n);
                try {
                    n = in.read(buffer);
                } catch (IOException e) {
                    return e.getMessage();
                }
            }
        }
        sizes.put(sha256, size);
        return "";
    }
}
