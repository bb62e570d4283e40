package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.ReleaseId;
import java.io.IOException;

/** A release is immutable: the same version with other contents is refused. */
public class ReleaseExistsException extends IOException {

    private static final long serialVersionUID = 1L;

    public ReleaseExistsException(ReleaseId id, String existing, String refused) {
        super("release " + id + " is already retained with other contents (manifest " + existing + ", refused "
                + refused + "); a release never changes: give this one another version");
    }
}
