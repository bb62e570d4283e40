package io.jenkins.plugins.rollback.engine.ledger.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.rollback.engine.ledger.CanonicalJson;
import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.EventKind;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.Tree;
import io.jenkins.plugins.rollback.engine.ledger.index.LedgerIndex;
import io.jenkins.plugins.rollback.engine.ledger.index.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;

/**
 * What the ledger did to itself, which goes with every export whatever was asked for: the entries by which one key hands
 * over to the next, so that whoever trusts an earlier key, or holds an earlier checkpoint, can follow to this one; and the
 * tombstones, the entries that say which others were dropped and why.
 */
final class Upkeep {

    private static final List<EventKind> KINDS =
            List.of(EventKind.KEY_ROTATED, EventKind.EPOCH_STARTED, EventKind.RETENTION_SWEPT);

    private final Ledger ledger;
    private final Tree tree;
    private final TreeSet<Long> entries = new TreeSet<>();

    /** @param tree that the proofs are to lead to */
    Upkeep(Ledger ledger, LedgerIndex index, Tree tree) {
        this.ledger = ledger;
        this.tree = tree;
        for (EventKind kind : KINDS) {
            index.search(Query.all().kind(kind), Integer.MAX_VALUE).entries().stream()
                    .filter(entry -> entry < tree.checkpoint().size())
                    .forEach(entries::add);
        }
    }

    /** A line an entry: its bytes as a text, its index, the hashes of its inclusion proof. */
    void write(OutputStream out) throws IOException {
        for (long index : entries) {
            ObjectNode line = proof(tree, index);
            line.put("entry", new String(ledger.raw(index), StandardCharsets.UTF_8));
            out.write(CanonicalJson.bytes("upkeep", line));
            out.write('\n');
        }
    }

    /** Index and inclusion proof of an entry. */
    static ObjectNode proof(Tree tree, long index) throws IOException {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("index", index);
        var hashes = line.putArray("hashes");
        tree.proof(index)
                .hashes()
                .forEach(hash -> hashes.add(Base64.getEncoder().encodeToString(hash)));
        return line;
    }

    /** How many entries were dropped before the checkpoint, as the tombstones say. */
    long dropped() throws IOException {
        long dropped = 0;
        for (long index : entries) {
            Entry entry = ledger.entry(index);
            dropped += entry.kind() == EventKind.RETENTION_SWEPT
                    ? entry.data().path("count").asLong()
                    : 0;
        }
        return dropped;
    }
}
