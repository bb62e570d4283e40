package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
    private final List<String> faults = new ArrayList<>();

    /** What is wrong with a content, empty when nothing is; in memory about 300 bytes a content. */
    private final Map<String, String> checked = new HashMap<>();

    private final Map<String, Long> sizes = new HashMap<>();

    VaultVerifier(FileVault vault, VaultLayout layout) {
        this.vault = vault;
        this.layout = layout;
    }

    List<String> verify() throws IOException {
        for (ReleaseId id : vault.releases()) {
            Optional<Manifest> manifest;
            try {
                manifest = vault.manifest(id);
            } catch (IOException e) {
                faults.add(e.getMessage());
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
                    faults.add(blob + " (of no release): " + fault);
                }
            }
        }
        return faults;
    }

    private void check(ReleaseId id, FileEntry file) {
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
            faults.add("release " + id + ", '" + file.path() + "': " + fault);
        }
    }

    private String fault(String sha256) {
        try (InputStream in = vault.open(sha256)) {
            sizes.put(sha256, in.transferTo(OutputStream.nullOutputStream()));
            return "";
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
