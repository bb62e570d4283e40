package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.vault.deflate.DeflateProfile;
import io.jenkins.plugins.rollback.engine.vault.deflate.DeflatedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds by trying which deflater made a stream. A wrong guess is seen in its first block; and what made one member of an
 * archive has made the others, so that the last answer is the first question.
 */
final class ProfileFinder {

    private static final int BUFFER = 32 * 1024;

    /** When so many members more were made by nobody we know than by somebody, no more of them are tried with all. */
    private static final int PATIENCE = 12;

    private final List<DeflateProfile> order = new ArrayList<>(DeflateProfile.byLikelihood());
    private final byte[] a = new byte[BUFFER];
    private final byte[] b = new byte[BUFFER];
    private int found;
    private int notFound;

    /** The profile whose deflater makes exactly these bytes of those, or nothing. */
    Optional<DeflateProfile> find(Region deflated, Region raw) throws IOException {
        boolean patient = notFound - found < PATIENCE;
        int tries = patient ? order.size() : 1;
        for (int i = 0; i < tries; i++) {
            DeflateProfile profile = order.get(i);
            if (makes(deflated, raw, profile)) {
                order.remove(i);
                order.add(0, profile);
                found++;
                return Optional.of(profile);
            }
        }
        notFound++;
        return Optional.empty();
    }

    private boolean makes(Region deflated, Region raw, DeflateProfile profile) throws IOException {
        try (InputStream ours = new DeflatedStream(raw.open(), profile)) {
            InputStream theirs = deflated.open();
            while (true) {
                int n = ours.read(a, 0, BUFFER);
                if (n < 0) {
                    return theirs.read() < 0;
                }
                if (theirs.readNBytes(b, 0, n) != n || !Arrays.equals(a, 0, n, b, 0, n)) {
                    return false;
                }
            }
        }
    }
}
