package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A C2SP tlog-proof: that one entry is in the log, for somebody who has the entry, the proof and the verifier key, and
 * nothing else of ours.
 *
 * @param index of the entry
 * @param hashes inclusion proof, the lowest level first
 * @param checkpoint the signed tree that it leads to
 */
public record LedgerProof(long index, List<byte[]> hashes, Checkpoint checkpoint) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";

    /**
     * Makes a proof from a ledger's files, without opening the ledger: the published part is enough.
     *
     * @throws DamagedLedgerException when the files cannot be read or are not what the checkpoint signs
     * @throws IndexOutOfBoundsException when the checkpoint does not cover the entry
     */
    public static LedgerProof of(Path ledger, long index) throws IOException {
        return Tree.read(new Disk(), ledger).proof(index);
    }

    /** The text of the proof, as C2SP tlog-proof writes it. */
    public String text() {
        StringBuilder text =
                new StringBuilder(HEADER).append("index ").append(index).append('\n');
        for (byte[] hash : hashes) {
            text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        return text.append('\n').append(checkpoint.note()).toString();
    }

    /**
     * Reads a proof and verifies that an entry is in the log of this key.
     *
     * @param entry the entry's very bytes
     * @throws IllegalArgumentException saying what does not hold
     */
    public static LedgerProof verify(String text, byte[] entry, VerifierKey key) {
        int note = text.indexOf("\n\n") + 2;
        String[] lines = text.substring(0, Math.max(0, note - 2)).split("\n");
        if (!text.startsWith(HEADER + "index ") || note < 2) {
            throw new IllegalArgumentException("not a tlog-proof");
        }
        long index = Long.parseLong(lines[1].substring("index ".length()));
        List<byte[]> hashes = Arrays.stream(lines, 2, lines.length)
                .map(Base64.getDecoder()::decode)
                .toList();
        Checkpoint checkpoint = SignedCheckpoint.verify(text.substring(note), key);
        LedgerProof proof = new LedgerProof(index, hashes, checkpoint);
        proof.verify(entry);
        return proof;
    }

    /**
     * Verifies that an entry is in the tree of the checkpoint. The checkpoint's signature is not looked at.
     *
     * @param entry the entry's very bytes
     * @throws IllegalArgumentException when it is not
     */
    void verify(byte[] entry) {
        byte[] root = Proofs.rootFromInclusion(Merkle.leaf(entry), index, checkpoint.size(), hashes);
        if (!Base64.getEncoder().encodeToString(root).equals(checkpoint.rootHash())) {
            throw new IllegalArgumentException("the entry is not entry " + index + " of the log");
        }
    }
}
