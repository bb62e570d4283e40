package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The tree of one signed checkpoint, for as many proofs as somebody wants: all of them lead to the same root, although
 * the ledger grows meanwhile. Not thread safe.
 */
public final class Tree {

    /** Looks at a ledger whose owner publishes faster than we read; each is a few files. */
    private static final int MOST_TRIES = 50;

    private final Checkpoint checkpoint;
    private final VerifierKey key;
    private final KeyHistory history;
    private final Proofs.Hashes hashes;

    /**
     * Puts one together; a ledger does that, see {@link Ledger#tree()}.
     *
     * @param key that signed the checkpoint
     * @param history of all keys that ever signed; it may know of a newer key already
     * @param hashes of the complete subtrees below the checkpoint's root
     */
    Tree(Checkpoint checkpoint, VerifierKey key, KeyHistory history, Proofs.Hashes hashes) {
        this.checkpoint = checkpoint;
        this.key = key;
        this.history = history;
        this.hashes = hashes;
    }

    /**
     * The tree of a ledger's checkpoint, from its files alone. What the owner replaces while the ledger grows, the
     * tiles at the right edge, is read at once.
     */
    static Tree read(Disk disk, Path ledger) throws IOException {
        for (int tries = 1; ; tries++) {
            VerifierKey key = LedgerStart.verifierKey(disk, ledger);
            Checkpoint checkpoint = LedgerStart.checkpoint(disk, ledger, key);
            try {
                TileFiles files = new TileFiles(disk, ledger);
                files.rememberRightEdge(checkpoint.size());
                KeyHistory history = KeyHistory.read(disk, ledger, key);
                Tree tree = new Tree(checkpoint, key, history, new TileHashes(files, checkpoint.size()));
                tree.root(checkpoint.size()); // finds out whether all of the edge was still there
                return tree;
            } catch (IOException e) {
                // the owner may have replaced the tiles of this checkpoint meanwhile
                boolean moved = !LedgerStart.checkpoint(disk, ledger, key).equals(checkpoint);
                if (!moved || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The public half of the key that signed the checkpoint. */
    public VerifierKey key() {
        return key;
    }

    /**
     * Every key up to that one, the oldest first: a line for each, with the entry that handed over to it (0 for the
     * first), as the file {@code vkeys} beside a ledger lists them.
     */
    public String keys() {
        List<KeyHistory.Period> periods = history.periods();
        int last = periods.size() - 1;
        while (last > 0 && !periods.get(last).key().equals(key)) {
            last--; // it took over after the checkpoint
        }
        return new KeyHistory(periods.subList(0, last + 1)).toString();
    }

    /**
     * Proves that an entry is in the tree.
     *
     * @throws IndexOutOfBoundsException when the checkpoint does not cover it
     */
    public LedgerProof proof(long index) throws IOException {
        return new LedgerProof(index, Proofs.inclusion(hashes, index, checkpoint.size()), checkpoint);
    }

    /** Proves that the first {@code old} entries were a tree of their own once. */
    public List<byte[]> consistency(long old) throws IOException {
        return Proofs.consistency(hashes, old, checkpoint.size());
    }

    /**
     * The root hash of the tree when it had {@code size} entries.
     *
     * @throws IndexOutOfBoundsException when it never had as many
     */
    public byte[] root(long size) throws IOException {
        if (size < 0 || size > checkpoint.size()) {
            throw new IndexOutOfBoundsException("a tree of " + checkpoint.size() + " has no prefix of " + size);
        }
        return size == 0 ? Merkle.sha256(new byte[0]) : Proofs.root(hashes, 0, size);
    }

    /**
     * How a checkpoint that somebody else holds relates to this tree.
     *
     * @param note a signed checkpoint, by any key that this ledger ever had
     */
    public Continuity compare(String note) throws IOException {
        return Continuity.of(this, history, note);
    }
}
