package io.jenkins.plugins.rollback.engine.vault.transfer;

import io.jenkins.plugins.rollback.engine.vault.archive.Budget;

/** Codes and limits of the stream; the package's description says how they follow one another. */
final class Wire {

    static final int WHOLE = 0;
    static final int APART = 1;

    static final int END = 0;
    static final int STRUCTURE = 1;
    static final int NEW = 2;
    static final int AGAIN = 3;
    static final int DEFLATE = 4;
    static final int DONE = 5;

    /** Distinct pieces of one file: both sides keep their hashes in memory. */
    static final int MOST_PIECES = 1 << 18;

    /** Four for each member of an archive is usual. */
    static final int MOST_OPERATIONS = 1 << 22;

    static final int LARGEST_STRUCTURE = 1 << 20;

    /** An archive inside a tar takes a level without being deflated, so that there are never more of these. */
    static final int DEEPEST = Budget.DEEPEST;

    private Wire() {}

    /** How many bytes all parts of a file together may have: its own and whatever was inflated. */
    static long mostBytes(long fileSize) {
        long inflated = Budget.most(fileSize);
        return inflated > Long.MAX_VALUE - fileSize ? Long.MAX_VALUE : fileSize + inflated;
    }
}
