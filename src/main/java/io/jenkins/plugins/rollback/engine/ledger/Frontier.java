package io.jenkins.plugins.rollback.engine.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What must be remembered of a Merkle tree to add leaves and to know its root: the roots of the complete subtrees on
 * its right edge, at most one for each bit of its size. Not thread safe.
 */
final class Frontier {

    private final List<byte[]> roots = new ArrayList<>(); // largest subtree first
    private long size;

    Frontier() {}

    /** @param roots one for each set bit of {@code size}, the largest subtree first */
    Frontier(long size, List<byte[]> roots) {
        if (roots.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(roots.size() + " subtrees do not make a tree of " + size);
        }
        this.size = size;
        this.roots.addAll(roots);
    }

    Frontier copy() {
        return new Frontier(size, roots);
    }

    long size() {
        return size;
    }

    void add(byte[] leafHash) {
        byte[] hash = leafHash;
        for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
            hash = Merkle.node(roots.remove(roots.size() - 1), hash);
        }
        roots.add(hash);
        size++;
    }

    byte[] root() {
        if (roots.isEmpty()) {
            return Merkle.sha256(new byte[0]);
        }
        byte[] hash = roots.get(roots.size() - 1);
        for (int i = roots.size() - 2; i >= 0; i--) {
            hash = Merkle.node(roots.get(i), hash);
        }
        return hash;
    }
}
