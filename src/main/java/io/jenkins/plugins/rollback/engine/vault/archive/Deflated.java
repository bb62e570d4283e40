package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A deflate stream that was looked at: where it ends, what it holds and which deflater made it.
 *
 * @param stream the compressed bytes, to the end of the last block
 * @param inflated what they hold
 * @param hash of the stream
 * @param profile what makes the same bytes again; empty when nothing known does
 */
record Deflated(Region stream, Inflated inflated, StreamHash hash, Optional<DeflateProfile> profile)
        implements Closeable {

    /**
     * Looks at the stream that begins a region. The answer depends on nothing but the arguments, so that it does not
     * matter when and on which thread it is found.
     *
     * @param temporary folder for what is large
     * @param most bytes that it may hold
     * @param known is asked first
     * @param order of the profiles to try else
     * @return nothing when it is no such stream, is cut off or holds more
     */
    static Optional<Deflated> of(
            Region region, Path temporary, long most, KnownStreams known, List<DeflateProfile> order)
            throws IOException {
        Inflated inflated = Inflated.of(region, temporary, most);
        if (inflated.isNone()) {
            return Optional.empty();
        }
        try {
            Region stream = region.slice(0, inflated.deflatedSize());
            StreamHash hash = StreamHash.of(stream);
            Optional<DeflateProfile> profile = known.find(hash);
            if (profile.isEmpty()) {
                profile = ProfileFinder.find(stream, inflated.raw(), order);
            }
            return Optional.of(new Deflated(stream, inflated, hash, profile));
        } catch (IOException | RuntimeException e) {
            inflated.close();
            throw e;
        }
    }

    /** Behind the stream, counted from its beginning. */
    long size() {
        return stream.size();
    }

    @Override
    public void close() throws IOException {
        inflated.close();
    }
}
