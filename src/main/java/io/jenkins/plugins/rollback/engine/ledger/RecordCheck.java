package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.Collection;

/**
 * What became of a record that somebody keeps outside the ledger, as each build does: a checkpoint and the numbers of
 * some entries. It holds when the ledger of then is a prefix of the ledger of now, and when every entry is in it. A
 * ledger that was cut off, put back from an older copy or written anew with the right key does not pass.
 *
 * @param problem what does not hold, or {@code null}
 * @param proven how many entries were proven to be in the ledger, or to have been dropped from it since
 * @param entries how many entries the ledger has now
 */
public record RecordCheck(String problem, int proven, long entries) {

    public boolean ok() {
        return problem == null;
    }

    /**
     * Checks a record against a ledger. Costs a few hashes an entry, whatever the size of the ledger.
     *
     * @param note the signed checkpoint that is kept, or {@code null} when there is none
     * @param recorded indexes of entries
     * @throws IOException when the ledger cannot be read
     */
    public static RecordCheck of(Ledger ledger, String note, Collection<Long> recorded) throws IOException {
        Tree tree = ledger.tree();
        long size = tree.checkpoint().size();
        String problem = note == null ? null : prefix(tree, note);
        int proven = 0;
        for (long entry : recorded) {
            if (problem == null) {
                problem = inclusion(ledger, tree, entry);
                proven += problem == null ? 1 : 0;
            }
        }
        return new RecordCheck(problem, proven, size);
    }

    private static String prefix(Tree tree, String note) throws IOException {
        Continuity continuity = tree.compare(note);
        return continuity.isBroken() ? "what is kept here is " + continuity.what() : null;
    }

    /**
     * The proof is made by one half of the code and verified by the other, as an outsider would. Who made the tree has
     * verified its signature.
     */
    private static String inclusion(Ledger ledger, Tree tree, long entry) throws IOException {
        if (entry >= tree.checkpoint().size()) {
            return "entry " + entry + " is missing: the ledger has only "
                    + tree.checkpoint().size();
        }
        if (ledger.isDropped(entry)) {
            return null; // its hash is in the tree that was compared; whether it may be gone, verifying the whole tells
        }
        try {
            tree.proof(entry).verify(ledger.raw(entry));
            return null;
        } catch (IllegalArgumentException e) {
            return "entry " + entry + " is not what was recorded: " + e.getMessage();
        }
    }
}
