package io.jenkins.plugins.rollback.engine.vault.store;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;

/** A store has a release of this name with other contents; nothing was changed. */
public class ReleaseConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    ReleaseConflictException(String store, ReleaseId id) {
        super(store, "it has release " + id + " with other contents");
    }
}
