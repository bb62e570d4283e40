package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What belongs to one checkpoint of a ledger, read from its files while its owner may go on writing: a checkpoint, the
 * tiles of its tree, and the durable entries that it does not cover yet.
 *
 * @param key that signed the checkpoint
 * @param files with the right edge of the tree remembered: the owner soon replaces that, and nothing else
 * @param pending the entries from {@code checkpoint.size()} on
 * @param problem why edge or log could not be read, or {@code null}
 */
record Snapshot(VerifierKey key, Checkpoint checkpoint, TileFiles files, List<byte[]> pending, IOException problem) {

    /** Looks again whenever the owner has published meanwhile. */
    static Snapshot of(Disk disk, Path ledger) throws IOException {
        while (true) {
            VerifierKey key = LedgerStart.verifierKey(disk, ledger);
            Checkpoint checkpoint;
            try {
                checkpoint = LedgerStart.checkpoint(disk, ledger, key);
            } catch (DamagedLedgerException e) {
                if (LedgerStart.verifierKey(disk, ledger).equals(key)) {
                    throw e;
                }
                continue; // the key has just been changed
            }
            TileFiles files = new TileFiles(disk, ledger);
            List<byte[]> pending = List.of();
            IOException problem = null;
            try {
                files.rememberRightEdge(checkpoint.size());
                pending = WalRecovery.read(disk, ledger.resolve("wal"), checkpoint.size());
            } catch (DamagedLedgerException | NoSuchFileException e) {
                problem = e;
            }
            if (new String(disk.read(ledger.resolve("checkpoint")), java.nio.charset.StandardCharsets.UTF_8)
                    .equals(checkpoint.note())) {
                return new Snapshot(key, checkpoint, files, pending, problem);
            }
        }
    }
}
