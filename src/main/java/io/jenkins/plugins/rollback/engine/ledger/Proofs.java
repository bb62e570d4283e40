package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Inclusion and consistency proofs of RFC 6962 (verified as RFC 9162, section 2.1, says): pure functions over hashes.
 */
public final class Proofs {

    private Proofs() {}

    /** Where the hashes of complete subtrees come from. */
    @FunctionalInterface
    public interface Hashes {
        /**
         * The root of a complete subtree.
         *
         * @param height it has 2 to the power of {@code height} leaves
         * @param number its place among the subtrees of that height, from 0
         */
        byte[] subtree(int height, long number) throws IOException;
    }

    /**
     * Proves that the leaf {@code index} is in the tree of the first {@code size} leaves.
     *
     * @return at most one hash for each level of the tree, the lowest first
     */
    public static List<byte[]> inclusion(Hashes hashes, long index, long size) throws IOException {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("there is no entry " + index + " in a tree of " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        path(hashes, index, 0, size, proof);
        return proof;
    }

    private static void path(Hashes hashes, long index, long from, long to, List<byte[]> proof) throws IOException {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(hashes, index, from, middle, proof);
            proof.add(root(hashes, middle, to));
        } else {
            path(hashes, index, middle, to, proof);
            proof.add(root(hashes, from, middle));
        }
    }

    /** Proves that the tree of {@code old} leaves is a prefix of the tree of {@code size} leaves. */
    public static List<byte[]> consistency(Hashes hashes, long old, long size) throws IOException {
        if (old < 0 || old > size) {
            throw new IndexOutOfBoundsException("a tree of " + size + " has no prefix of " + old);
        }
        List<byte[]> proof = new ArrayList<>();
        if (old > 0 && old < size) {
            subproof(hashes, old, 0, size, true, proof);
        }
        return proof;
    }

    private static void subproof(Hashes hashes, long old, long from, long to, boolean known, List<byte[]> proof)
            throws IOException {
        if (old == to - from) {
            if (!known) {
                proof.add(root(hashes, from, to));
            }
            return;
        }
        long half = split(to - from);
        if (old <= half) {
            subproof(hashes, old, from, from + half, known, proof);
            proof.add(root(hashes, from + half, to));
        } else {
            subproof(hashes, old - half, from + half, to, false, proof);
            proof.add(root(hashes, from, from + half));
        }
    }

    /** The root over the leaves {@code from} to {@code to} (exclusive), {@code from} aligned as RFC 6962 splits. */
    static byte[] root(Hashes hashes, long from, long to) throws IOException {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            int height = Long.numberOfTrailingZeros(count);
            return hashes.subtree(height, from >>> height);
        }
        long middle = from + split(count);
        return Merkle.node(root(hashes, from, middle), root(hashes, middle, to));
    }

    /** The largest power of two below {@code count}, which is at least 2. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    /**
     * The root that a proof leads to; equal to a signed one, it proves that the leaf is there.
     *
     * @throws IllegalArgumentException when the proof has not the length that index and size ask for
     */
    public static byte[] rootFromInclusion(byte[] leafHash, long index, long size, List<byte[]> proof) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no entry " + index + " in a tree of " + size);
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (last == 0) {
                throw new IllegalArgumentException("the proof is too long");
            }
            if ((node & 1) == 1 || node == last) {
                hash = Merkle.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) { // levels at which this node has no sibling
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Merkle.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            throw new IllegalArgumentException("the proof is too short");
        }
        return hash;
    }

    /** Whether a proof shows that the tree with {@code oldRoot} is a prefix of the tree with {@code newRoot}. */
    public static boolean isConsistent(long old, byte[] oldRoot, long size, byte[] newRoot, List<byte[]> proof) {
        if (old < 0 || old > size) {
            return false;
        }
        if (old == 0 || old == size) {
            boolean same = old == size
                    ? java.util.Arrays.equals(oldRoot, newRoot)
                    : java.util.Arrays.equals(oldRoot, Merkle.sha256(new byte[0]));
            return proof.isEmpty() && same;
        }
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(old) == 1) {
            path.add(0, oldRoot); // a complete old tree is itself the first step
        }
        if (path.isEmpty()) {
            return false;
        }
        int shift = Long.numberOfTrailingZeros(~(old - 1));
        long node = (old - 1) >>> shift;
        long last = (size - 1) >>> shift;
        byte[] first = path.get(0);
        byte[] second = path.get(0);
        for (byte[] hash : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                first = Merkle.node(hash, first);
                second = Merkle.node(hash, second);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                second = Merkle.node(second, hash);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && java.util.Arrays.equals(first, oldRoot) && java.util.Arrays.equals(second, newRoot);
    }
}
