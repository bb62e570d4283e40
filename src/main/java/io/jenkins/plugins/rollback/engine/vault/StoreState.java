package io.jenkins.plugins.rollback.engine.vault;

import java.time.Instant;

/**
 * How it stands with the store of a vault.
 *
 * @param store what messages call it
 * @param behind how many releases of the folder the store did not have when it was last compared; -1 before that
 * @param since since when something is wrong, or {@code null} when nothing is
 * @param problem one line without secrets, or {@code null} when nothing is wrong
 */
public record StoreState(String store, int behind, Instant since, String problem) {

    /** Whether somebody should look. */
    public boolean isTroubled() {
        return problem != null;
    }
}
