package io.jenkins.plugins.rollback.engine.vault.archive;

/**
 * How far an archive may be unfolded. A bomb inflates to a thousand times its size at every level; beyond these bounds
 * its members are kept as they are, deflated.
 */
public final class Budget {

    /** A jar in a war in an ear in a tar in a gzip is five. */
    public static final int DEEPEST = 6;

    /** Everything together, as a multiple of the file. Sources and logs reach 20. */
    private static final long RATIO = 30;

    private static final long ALWAYS = 64L << 20;

    private long left;

    Budget(long fileSize) {
        left = most(fileSize);
    }

    /** How many bytes may be inflated altogether out of a file of this size. */
    public static long most(long fileSize) {
        return Math.max(ALWAYS, Math.multiplyExact(Math.min(fileSize, Long.MAX_VALUE / RATIO), RATIO));
    }

    /** How many bytes may still be inflated. */
    long left() {
        return left;
    }

    /** Takes bytes of what is left; false, and nothing taken, when there are not so many. */
    boolean spend(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }
}
