package io.jenkins.plugins.rollback.engine.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Writes the files of a manifest into a folder that appears whole or not at all, every byte verified on the way. Runs
 * where the folder is.
 */
public final class ReleaseRestorer {

    /** Where contents come from: the vault, or a channel to the controller that has it. */
    @FunctionalInterface
    public interface Contents {
        InputStream open(String sha256) throws IOException;
    }

    private ReleaseRestorer() {}

    /**
     * Restores into {@code folder}, which is created; an existing folder with exactly these files is verified and kept,
     * anything else there is an error.
     *
     * @throws HashMismatchException naming the file; the folder does not appear
     */
    public static void restore(Manifest manifest, Contents contents, Path folder) throws IOException {
        throw new UnsupportedOperationException("skeleton");
    }
}
