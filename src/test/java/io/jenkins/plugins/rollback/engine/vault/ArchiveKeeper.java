package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import io.jenkins.plugins.rollback.engine.model.Sha256;
import io.jenkins.plugins.rollback.engine.vault.archive.Archives;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** A process that stores made archives with the deflater of its Java, or restores what another has stored. */
public final class ArchiveKeeper {

    private ArchiveKeeper() {}

    /** Arguments: the vault, {@code put} or {@code get}, the first seed, how many. */
    public static void main(String[] args) throws IOException {
        FileVault vault = FileVault.open(Path.of(args[0]));
        long first = Long.parseLong(args[2]);
        int count = Integer.parseInt(args[3]);
        if (args[1].equals("put")) {
            for (long seed = first; seed < first + count; seed++) {
                put(vault, seed);
            }
            System.out.println("stored " + count);
            return;
        }
        int restored = 0;
        for (ReleaseId id : vault.releases()) {
            Manifest manifest = vault.manifest(id).orElseThrow();
            for (String sha256 : manifest.contents()) {
                try (InputStream in = vault.open(sha256)) {
                    String found = Sha256.of(in);
                    if (!found.equals(sha256)) {
                        throw new IOException(id + " came back as " + found + " instead of " + sha256);
                    }
                }
            }
            restored++;
        }
        System.out.println("restored " + restored);
    }

    private static void put(FileVault vault, long seed) throws IOException {
        byte[] archive = Archives.of(seed);
        String sha256 = Sha256.of(archive);
        vault.put(sha256, new ByteArrayInputStream(archive));
        vault.commit(new Manifest(
                new ReleaseId("made", Long.toString(seed)),
                List.of(new FileEntry("archive", archive.length, 0644, sha256, null))));
    }
}
