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
        return tree(new Disk(), ledger).proof(index);
    }

    /**
     * The tree of a ledger's checkpoint, from its files alone. What the owner replaces while the ledger grows, the
     * tiles at the right edge, is read at once.
     */
    static Tree tree(Disk disk, Path ledger) throws IOException {
        for (int tries = 1; ; tries++) {
            VerifierKey key = LedgerStart.verifierKey(disk, ledger);
            Checkpoint checkpoint = LedgerStart.checkpoint(disk, ledger, key);
            try {
                TileFiles files = new TileFiles(disk, ledger);
                files.rememberRightEdge(checkpoint.size());
                Tree tree = new Tree(checkpoint, key, new TileHashes(files, checkpoint.size()));
                tree.root(checkpoint.size()); // finds out whether all of the edge was still there
                return tree;
            } catch (IOException e) {
                // the owner may have replaced the tiles of this checkpoint meanwhile
                boolean moved = !LedgerStart.checkpoint(disk, ledger, key).equals(checkpoint);
                if (!moved || tries == 5) {
                    throw e;
                }
            }
        }
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
        byte[] root = Proofs.rootFromInclusion(Merkle.leaf(entry), index, checkpoint.size(), hashes);
        if (!Base64.getEncoder().encodeToString(root).equals(checkpoint.rootHash())) {
            throw new IllegalArgumentException("the entry is not entry " + index + " of the log");
        }
        return new LedgerProof(index, hashes, checkpoint);
    }
}
