package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.util.Optional;

/**
 * Remembers which deflater makes a stream, so that the members that a release has in common with the one before are not
 * deflated again only to find that out. A deflate stream alone says what it holds, and our deflaters make the same bytes
 * of the same input always: what was once proven of a stream is true of the same bytes wherever they are found again,
 * and whatever has become of the archive in which they were.
 */
public interface KnownStreams {

    /** Nothing is known, and nothing remembered. */
    KnownStreams NONE = new KnownStreams() {
        @Override
        public Optional<DeflateProfile> find(StreamHash stream) {
            return Optional.empty();
        }

        @Override
        public void proven(StreamHash stream, DeflateProfile profile) {
            // not remembered
        }
    };

    /** The profile that makes a stream, when that is known. Called on any thread; the answer must not change meanwhile. */
    Optional<DeflateProfile> find(StreamHash stream);

    /** A profile was found to make a stream, all bytes compared; or was known to. In the order of the file. */
    void proven(StreamHash stream, DeflateProfile profile);
}
