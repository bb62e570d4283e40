package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.List;

/**
 * The tree of one signed checkpoint, for as many proofs as somebody wants: all of them lead to the same root, although
 * the ledger grows meanwhile. Not thread safe.
 */
public final class Tree {

    private final Checkpoint checkpoint;
    private final VerifierKey key;
    private final Proofs.Hashes hashes;

    /**
     * Puts one together; a ledger does that, see {@link Ledger#tree()}.
     *
     * @param key that signed the checkpoint
     * @param hashes of the complete subtrees below the checkpoint's root
     */
    public Tree(Checkpoint checkpoint, VerifierKey key, Proofs.Hashes hashes) {
        this.checkpoint = checkpoint;
        this.key = key;
        this.hashes = hashes;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The public half of the key that signed the checkpoint. */
    public VerifierKey key() {
        return key;
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
}
