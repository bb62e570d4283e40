package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.IOException;

/** Takes the parts of an archive in their order. One after the other, deflated where it says so, they are the archive. */
public interface Parts {

    /** Bytes that belong to the archive itself: headers, directories, padding. */
    void structure(byte[] bytes) throws IOException;

    /** What the archive holds: a member's own bytes, which other archives may hold, too. Read before this returns. */
    void content(Region region) throws IOException;

    /** From here to the matching {@link #endDeflated}, the parts together are deflated in this way. */
    void beginDeflated(DeflateProfile profile) throws IOException;

    /** Ends what {@link #beginDeflated} began. */
    void endDeflated() throws IOException;
}
