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
 *
 * <p>An answer is a proof, not a guess: all bytes were made and compared, and our deflaters make the same bytes of the
 * same input always. What is stored as "these bytes, deflated by that profile" therefore needs no deflating again to be
 * known right; that the bytes themselves were stored is checked elsewhere.
 */
final class ProfileFinder {

    private static final int BUFFER = 32 * 1024;

    /** When so many members more were made by nobody we know than by somebody, no more of them are tried with all. */
    private static final int PATIENCE = 12;

    private List<DeflateProfile> order = DeflateProfile.byLikelihood();
    private int found;
    private int notFound;

    /** What to try now, in this order: all, or the likeliest alone when trying led to nothing so often. */
    List<DeflateProfile> order() {
        return notFound - found < PATIENCE ? order : order.subList(0, 1);
    }

    /** Learns what {@link #find} answered. */
    void learn(Optional<DeflateProfile> answer) {
        if (answer.isEmpty()) {
            notFound++;
            return;
        }
        found++;
        if (answer.get() != order.get(0)) {
            List<DeflateProfile> next = new ArrayList<>(order);
            next.remove(answer.get());
            next.add(0, answer.get());
            order = next; // never changed in place: others may still go by it
        }
    }

    /** The first of some profiles whose deflater makes exactly these bytes of those, or nothing. On any thread. */
    static Optional<DeflateProfile> find(Region deflated, Region raw, List<DeflateProfile> order) throws IOException {
        for (DeflateProfile profile : order) {
            if (makes(deflated, raw, profile)) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    private static boolean makes(Region deflated, Region raw, DeflateProfile profile) throws IOException {
        int size = (int) Math.min(BUFFER, deflated.size() + 1);
        byte[] a = new byte[size];
        byte[] b = new byte[size];
        try (InputStream ours = new DeflatedStream(raw.open(), profile)) {
            InputStream theirs = deflated.open();
            while (true) {
                int n = ours.read(a, 0, size);
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
