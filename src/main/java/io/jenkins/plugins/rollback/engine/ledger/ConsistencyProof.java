package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * That a ledger only grew: the tree of an earlier checkpoint is a prefix of the present one. Written as the body of a
 * C2SP tlog-witness request, so that any witness of that kind can check it.
 *
 * @param old the earlier checkpoint
 * @param hashes consistency proof of RFC 6962
 * @param checkpoint the present one
 */
public record ConsistencyProof(Checkpoint old, List<byte[]> hashes, Checkpoint checkpoint) {

    /**
     * Makes a proof from a ledger's files; the ledger may be in use.
     *
     * @param since the signed note of an earlier checkpoint, by the present key or an earlier one
     * @throws IllegalArgumentException when it is no checkpoint of this ledger, or covers more than there is
     * @throws DamagedLedgerException when history was written anew since
     */
    public static ConsistencyProof of(Path ledger, String since) throws IOException {
        Disk disk = new Disk();
        Tree tree = Tree.read(disk, ledger);
        Checkpoint old = KeyHistory.read(disk, ledger, tree.key()).verify(since);
        if (old.size() > tree.checkpoint().size()) {
            throw new IllegalArgumentException("covers " + old.size() + " entries, the ledger has "
                    + tree.checkpoint().size() + ": it was cut off");
        }
        String root = Base64.getEncoder().encodeToString(tree.root(old.size()));
        if (!root.equals(old.rootHash())) {
            throw new DamagedLedgerException("the first " + old.size()
                    + " entries are not those that the earlier checkpoint signs: history was written anew");
        }
        return new ConsistencyProof(old, tree.consistency(old.size()), tree.checkpoint());
    }

    /** {@code old <size>}, the hashes, an empty line, the present checkpoint. */
    public String text() {
        StringBuilder text = new StringBuilder("old ").append(old.size()).append('\n');
        for (byte[] hash : hashes) {
            text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        return text.append('\n').append(checkpoint.note()).toString();
    }
}
