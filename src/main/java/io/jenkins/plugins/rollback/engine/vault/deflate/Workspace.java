package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The memory of a deflater, 450 KiB. A jar has thousands of members of a few KiB: to get and clear so much for each of
 * them would take longer than the deflating, so that it is used again.
 */
final class Workspace {

    static final int WINDOW = 1 << 15;

    private static final int MOST_HASH_BITS = 16;
    private static final Queue<Workspace> IDLE = new ArrayBlockingQueue<>(8);

    final byte[] window = new byte[2 * WINDOW];

    /** Latest place of each hash in the window; 0 is none, as in zlib, and so the byte at 0 is never matched. */
    final char[] head = new char[1 << MOST_HASH_BITS];

    /** The place before a place with the same hash. What a {@link #head} does not lead to means nothing. */
    final char[] previous = new char[WINDOW];

    final BitBuffer out = new BitBuffer();
    final BlockWriter block = new BlockWriter(out);

    private Workspace() {}

    /** One that is as if it were new. */
    static Workspace take(DeflateProfile profile) {
        Workspace workspace = IDLE.poll();
        if (workspace == null) {
            workspace = new Workspace();
        } else {
            Arrays.fill(workspace.head, 0, 1 << profile.hashBits(), (char) 0);
            if (profile.looksBeyondEnd()) {
                Arrays.fill(workspace.window, (byte) 0);
            }
        }
        workspace.out.clear();
        workspace.block.begin(profile);
        return workspace;
    }

    /** Its user must not touch it any more. */
    void giveBack() {
        IDLE.offer(this);
    }

    /** Moves the upper half of the window down, and all places with it. */
    void slide() {
        System.arraycopy(window, WINDOW, window, 0, WINDOW);
        slide(head);
        slide(previous);
    }

    private static void slide(char[] places) {
        for (int i = 0; i < places.length; i++) {
            places[i] = (char) Math.max(places[i] - WINDOW, 0);
        }
    }
}
