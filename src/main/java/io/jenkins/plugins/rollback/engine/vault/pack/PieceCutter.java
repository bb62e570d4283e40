package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.vault.archive.Region;
import java.io.IOException;

/** Where contents are cut into pieces: the same everywhere, since else equal contents would not have equal pieces. */
public final class PieceCutter {

    /** A piece has no more bytes than this. */
    public static final int LARGEST = Group.FULL;

    /** Contents smaller than this are cheaper as structure than as a piece with its hash. */
    static final int SMALLEST = 32;

    private PieceCutter() {}

    /** Takes bytes; they are its own from then on. */
    @FunctionalInterface
    public interface Taker {
        void take(byte[] bytes) throws IOException;
    }

    /**
     * Cuts a content.
     *
     * @param structure takes one that is too small
     * @param pieces take all others, in their order
     */
    public static void cut(Region content, Taker structure, Taker pieces) throws IOException {
        if (content.size() < SMALLEST) {
            structure.take(content.read(0, (int) content.size()));
            return;
        }
        for (long at = 0; at < content.size(); at += LARGEST) {
            pieces.take(content.read(at, (int) Math.min(LARGEST, content.size() - at)));
        }
    }
}
