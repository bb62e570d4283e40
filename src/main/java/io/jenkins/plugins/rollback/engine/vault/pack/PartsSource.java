package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.archive.Parts;
import java.io.IOException;
import java.nio.file.Path;

/** A file that is taken apart while it is read, here or where it lies. */
@FunctionalInterface
public interface PartsSource {

    /**
     * Gives all parts of the file in their order.
     *
     * @param temporary folder for what does not fit in memory; nothing is left there
     * @throws IOException when reading failed, or of {@code parts}
     */
    void giveTo(Path temporary, Parts parts) throws IOException;
}
