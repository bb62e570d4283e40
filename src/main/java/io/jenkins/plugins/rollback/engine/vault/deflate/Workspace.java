package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The memory of a deflater, 450 KiB. A jar has thousands of members of a few KiB: to get and clear so much for each of
 * them would take longer than the deflating, so that it is used again.
 */
final class Workspace {

    private static final Queue<Workspace> IDLE = new ArrayBlockingQueue<>(8);

    final Chains chains = new Chains();
    final BitBuffer out = new BitBuffer();
    final BlockWriter block = new BlockWriter(out);

    private Workspace() {}

    /** One that is as if it were new. */
    static Workspace take(DeflateProfile profile) {
        Workspace workspace = IDLE.poll();
        if (workspace == null) {
            workspace = new Workspace();
        }
        workspace.chains.begin(profile);
        workspace.out.clear();
        workspace.block.begin(profile);
        return workspace;
    }

    /** Its user must not touch it any more. */
    void giveBack() {
        IDLE.offer(this);
    }
}
