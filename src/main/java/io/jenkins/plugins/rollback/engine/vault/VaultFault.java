package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;

/**
 * Something in a vault that is not what it was.
 *
 * @param release that cannot be restored because of it, or {@code null} when no release has it
 * @param file of the release, or the file on disk when no release has it; {@code null} for the release's manifest
 * @param what is wrong, for a person
 */
public record VaultFault(ReleaseId release, String file, String what) {

    /** One line for a person. */
    @Override
    public String toString() {
        if (release == null) {
            return file + " (of no release): " + what;
        }
        return file == null ? what : "release " + release + ", '" + file + "': " + what;
    }
}
