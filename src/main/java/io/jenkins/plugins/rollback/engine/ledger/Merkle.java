package io.jenkins.plugins.rollback.engine.ledger;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.security.MessageDigest;
import java.util.List;

/** The hashes of RFC 6962: leaves and nodes are told apart by their first byte, so neither can pose as the other. */
final class Merkle {

    /** Bytes of a hash. */
    static final int HASH = 32;

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Sha256::digest);

    private Merkle() {}

    static byte[] sha256(byte[] data) {
        return SHA256.get().digest(data);
    }

    static byte[] leaf(byte[] entry) {
        MessageDigest digest = SHA256.get();
        digest.update((byte) 0);
        return digest.digest(entry);
    }

    static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = SHA256.get();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root over the leaf hashes; the hash of nothing for an empty tree. */
    static byte[] root(List<byte[]> leaves) {
        return leaves.isEmpty() ? sha256(new byte[0]) : root(leaves, null);
    }

    /**
     * The root over hashes of complete subtrees of one size, at least one, with a smaller tree at their right.
     *
     * @param right root of the smaller tree, or {@code null} when there is none
     */
    static byte[] root(List<byte[]> hashes, byte[] right) {
        return root(hashes, 0, hashes.size(), right);
    }

    private static byte[] root(List<byte[]> hashes, int from, int to, byte[] right) {
        int count = to - from;
        if (count == 1) {
            return right == null ? hashes.get(from) : node(hashes.get(from), right);
        }
        // the left side is the largest complete subtree; a full left side with something at its right stays whole
        int left = Integer.highestOneBit(count);
        if (left == count) {
            if (right != null) {
                return node(root(hashes, from, to, null), right);
            }
            left = count / 2;
        }
        return node(root(hashes, from, from + left, null), root(hashes, from + left, to, right));
    }
}
