package io.jenkins.plugins.rollback.engine.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The hashes of RFC 6962: leaves and nodes are told apart by their first byte, so neither can pose as the other. */
final class Merkle {

    /** Bytes of a hash. */
    static final int HASH = 32;

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    });

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
        Frontier frontier = new Frontier();
        leaves.forEach(frontier::add);
        return frontier.root();
    }
}
