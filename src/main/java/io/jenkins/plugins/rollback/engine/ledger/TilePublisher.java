package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns durable entries into tiles, entry bundles and a signed checkpoint. A checkpoint is written only when all that
 * it covers has been forced to the disk; what it does not cover is overwritten at the next try, with the same content.
 * Not thread safe.
 */
final class TilePublisher {

    private final Disk disk;
    private final Path ledger;
    private final TileFiles files;
    private volatile SigningKey key; // null when it was lost: then nothing is published until a change gives one
    private volatile KeyChange change; // announced by an entry, not carried out yet
    private volatile KeyHistory history;
    private TileHasher hasher;
    private List<byte[]> bundle; // the entries of the last, unfinished bundle
    private volatile Checkpoint checkpoint;
    private Checkpoint attempted; // may be on the disk although writing it reported a failure

    /** Goes on from a checkpoint. @throws DamagedLedgerException when the tiles at its right edge are not as signed */
    TilePublisher(Disk disk, Path ledger, LedgerStart.Start start) throws IOException {
        this.disk = disk;
        this.ledger = ledger;
        this.files = new TileFiles(disk, ledger);
        this.key = start.key();
        this.history = start.history();
        this.checkpoint = start.checkpoint();
        List<List<byte[]>> edge = new ArrayList<>();
        for (TilePath tile : TileHasher.partialTiles(checkpoint.size())) {
            edge.add(tile.width() == 0 ? List.of() : files.hashes(tile));
        }
        hasher = new TileHasher(checkpoint.size(), edge);
        String root = java.util.Base64.getEncoder().encodeToString(hasher.root());
        if (!root.equals(checkpoint.rootHash())) {
            throw new DamagedLedgerException("the tiles do not have the root hash that the checkpoint signs");
        }
        TilePath last = lastBundle(checkpoint.size());
        bundle = last.width() == 0 ? List.of() : files.entries(last);
    }

    private static TilePath lastBundle(long size) {
        return new TilePath(TilePath.ENTRIES, size / TilePath.FULL, (int) (size % TilePath.FULL));
    }

    /** The last checkpoint that is on the disk. Safe to call from any thread. */
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The signed note of a text. Safe to call from any thread. */
    String sign(String text) {
        return SignedNote.sign(text, key);
    }

    /** The tree of the checkpoint; a copy. */
    TileHasher hasher() {
        return hasher.copy();
    }

    /** The entries of the last, unfinished bundle. */
    List<byte[]> unfinished() {
        return List.copyOf(bundle);
    }

    /** The key that signs, or {@code null} when it was lost. */
    SigningKey key() {
        return key;
    }

    /** The verifier key of the last checkpoint that is on the disk, or soon will be. */
    VerifierKey verifier() {
        return history.newest();
    }

    /** Announces that the first checkpoint that covers an entry is to be signed by another key; {@code null}: not so. */
    void change(KeyChange next) {
        change = next;
    }

    /** Whether there is a key to sign a tree of that size with. */
    boolean canSign(long size) {
        KeyChange now = change;
        return key != null || now != null && size > now.index();
    }

    /** Whether an entry has announced a change that is not carried out yet. */
    boolean isAnnounced() {
        return change != null;
    }

    /** How much is left to publish. @param durable how many entries may be published by now */
    long waiting(long durable) {
        long entries = canSign(durable) ? durable - checkpoint.size() : 0;
        return isChanging() ? entries + 1 : entries;
    }

    /** Whether the entry that announced a change is published and the new key has yet to take over. */
    boolean isChanging() {
        KeyChange now = change;
        return now != null && checkpoint.size() > now.index();
    }

    /** Lets the new key take over, when {@link #isChanging}. */
    void finishChange() throws IOException {
        KeyChange due = change;
        takeOver(due);
        replaceCheckpoint(SignedCheckpoint.sign(due.key().verifier().name(), hasher.size(), hasher.root(), due.key()));
        change = null;
    }

    private void takeOver(KeyChange due) throws IOException {
        history = history.and(due.index(), due.key().verifier());
        history.write(disk, ledger);
        disk.replace(ledger.resolve("vkey"), (due.key().verifier() + "\n").getBytes(StandardCharsets.UTF_8));
        key = due.key();
    }

    /** Adds entries, which must be durable elsewhere; returns when tiles and checkpoint are on the disk. */
    void publish(List<byte[]> entries) throws IOException {
        long before = checkpoint.size();
        long after = before + entries.size();
        TileHasher next = hasher.copy(); // a failure half way leaves this object as it was
        List<byte[]> pending = new ArrayList<>(bundle);
        try {
            write(entries, next, pending);
        } catch (IOException e) {
            removeRightEdge(after, before); // or a full disk would be filled further with every try
            throw e;
        }
        KeyChange now = change;
        KeyChange due = now != null && after > now.index() ? now : null;
        if (due == null || due.key() == key) {
            replaceCheckpoint(sign(next, key));
        } else if (key != null
                && key.verifier().name().equals(due.key().verifier().name())) {
            replaceCheckpoint(sign(next, key, due.key())); // valid by the old vkey and by the new one
        } else { // under another name one text cannot serve both; LedgerStart puts right what a crash leaves here
            takeOver(due);
            replaceCheckpoint(sign(next, due.key()));
        }
        hasher = next;
        bundle = pending;
        removeRightEdge(before, after);
        if (due != null) {
            finishChange();
        }
    }

    private static Checkpoint sign(TileHasher tree, SigningKey... keys) {
        return SignedCheckpoint.sign(keys[0].verifier().name(), tree.size(), tree.root(), keys);
    }

    private void write(List<byte[]> entries, TileHasher next, List<byte[]> pending) throws IOException {
        List<Path> directories = new ArrayList<>();
        for (byte[] entry : entries) {
            pending.add(entry);
            next.add(Merkle.leaf(entry), (tile, hashes) -> files.write(tile, hashes, directories));
            if (pending.size() == TilePath.FULL) {
                TilePath full = new TilePath(TilePath.ENTRIES, next.size() / TilePath.FULL - 1, TilePath.FULL);
                files.write(full, EntryBundle.encode(pending), directories);
                pending.clear();
            }
        }
        long before = checkpoint.size();
        next.<IOException>partial((tile, hashes) -> {
            if (tile.widthIn(before) != tile.width()) { // else it is part of the signed tree: never touched again
                files.write(tile, hashes, directories);
            }
        });
        if (!pending.isEmpty()) {
            files.write(lastBundle(next.size()), EntryBundle.encode(pending), directories);
        }
        for (Path directory : directories) {
            disk.syncDirectory(directory);
        }
    }

    private void replaceCheckpoint(Checkpoint next) throws IOException {
        Path file = ledger.resolve("checkpoint");
        String there = new String(disk.read(file), StandardCharsets.UTF_8);
        if (!there.equals(checkpoint.note()) && (attempted == null || !there.equals(attempted.note()))) {
            throw new IOException("somebody else has written " + file + ": nothing more is published to it");
        }
        attempted = next;
        disk.replace(file, next.note().getBytes(StandardCharsets.UTF_8));
        checkpoint = next;
    }

    /** Removes the partial tiles of a tree of one size, but those that a tree of another size has too. */
    private void removeRightEdge(long size, long kept) throws IOException {
        List<TilePath> edge = new ArrayList<>(TileHasher.partialTiles(size));
        edge.add(lastBundle(size));
        for (TilePath tile : edge) {
            if (tile.width() > 0 && tile.widthIn(kept) != tile.width()) {
                files.removePartial(tile);
            }
        }
    }

    /** Removes partial tiles that are not part of the checkpointed tree: a killed process may have left some. */
    void sweep() throws IOException {
        Path top = ledger.resolve("tile");
        if (!Files.isDirectory(top)) {
            return;
        }
        List<TilePath> strays = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(top)) {
            walk.filter(path -> path.getParent().toString().endsWith(".p"))
                    .flatMap(path ->
                            TilePath.parse(top.relativize(path).toString().replace('\\', '/')).stream())
                    .filter(tile -> tile.widthIn(checkpoint.size()) != tile.width())
                    .forEach(strays::add);
        }
        for (TilePath stray : strays) {
            files.removePartial(stray);
        }
    }
}
