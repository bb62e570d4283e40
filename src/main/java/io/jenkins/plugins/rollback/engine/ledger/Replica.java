package io.jenkins.plugins.rollback.engine.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A controller's own copy of a shared ledger: the same tiles and the same tree as a file ledger, signed with the key of
 * this controller. Reading, proofs and verification need no database; and whoever changes the database later is
 * contradicted by every controller. Entries arrive here when they are durable in the store, so there is no log of its
 * own: what was not published yet is read from the store again.
 */
final class Replica implements Closeable {

    private final OwnerLock owner;
    private final TilePublisher publisher;
    private final KeyKeeper keeper;
    private final EntryTail tail;
    private final EntryReader reader;
    private final Publication publication;
    private final TileHasher hasher;
    private final List<Consumer<Checkpoint>> listeners = new CopyOnWriteArrayList<>();

    private Replica(Disk disk, Path dir, LedgerKeys keys, OwnerLock owner, LedgerStart.Start start, SecureRandom random)
            throws IOException {
        this.owner = owner;
        publisher = new TilePublisher(disk, dir, start);
        keeper = new KeyKeeper(dir, keys, random);
        TileFiles files = new TileFiles(disk, dir);
        publisher.change(keeper.find(start, start.checkpoint().size(), files).orElse(null));
        publisher.sweep();
        List<byte[]> known = new ArrayList<>(publisher.unfinished());
        tail = new EntryTail(start.checkpoint().size() - known.size());
        for (byte[] entry : known) {
            tail.add(new EntryTail.Stored(EntryReader.decode(tail.end(), entry), entry));
        }
        hasher = publisher.hasher();
        reader = new EntryReader(tail, new BundleReader(files));
        publication = new Publication("ledger copy of " + start.checkpoint().origin(), new Publication.Work() {
            @Override
            public long waiting() {
                return publisher.waiting(tail.end());
            }

            @Override
            public void publish() throws IOException {
                Replica.this.publish();
            }
        });
        publication.nudge(); // a change of the key may have been cut short
    }

    /**
     * Opens a copy, or begins one.
     *
     * @param origin name of the log, or {@code null} when only a copy that is there already will do
     * @param keyless a person has confirmed that a private key is lost, so that of the copy may be
     */
    static Replica open(Disk disk, Path dir, String origin, LedgerKeys keys, boolean keyless) throws IOException {
        disk.createDirectories(dir);
        OwnerLock owner = OwnerLock.take(dir);
        try {
            SecureRandom random = new SecureRandom();
            return new Replica(disk, dir, keys, owner, start(disk, dir, origin, keys, random, keyless), random);
        } catch (IOException | RuntimeException e) {
            owner.close();
            throw e;
        }
    }

    private static LedgerStart.Start start(
            Disk disk, Path dir, String origin, LedgerKeys keys, SecureRandom random, boolean keyless)
            throws IOException {
        try {
            return LedgerStart.of(disk, dir, origin, keys, random, false);
        } catch (LedgerKeyException e) {
            if (!keyless) {
                throw e;
            }
            return LedgerStart.of(disk, dir, origin, keys, random, true); // a key that is there stays
        }
    }

    String origin() {
        return publisher.checkpoint().origin();
    }

    long size() {
        return tail.end();
    }

    EntryReader reader() {
        return reader;
    }

    /** The tree so far; a copy. Not thread safe against {@link #add}. */
    TileHasher hasher() {
        return hasher.copy();
    }

    String rootHash() {
        return root(hasher);
    }

    static String root(TileHasher tree) {
        return Base64.getEncoder().encodeToString(tree.root());
    }

    /** Takes the next entry, which must be durable in the store. Called in their order, one call at a time. */
    void add(EntryTail.Stored next) throws IOException {
        // by whatever way the entry comes here, also after a crash or an answer that got lost: it is never published
        // before the key that it announces is known. A second one that says the same is somebody else's
        if (!publisher.isAnnounced()) {
            keeper.announced(next.entry(), publisher.verifier()).ifPresent(publisher::change);
        }
        hasher.add(Merkle.leaf(next.bytes()), (tile, hashes) -> {});
        tail.add(next);
        publication.nudge();
    }

    private void publish() throws IOException {
        long to = keeper.publish(publisher, tail, tail.end());
        tail.dropBefore(to / TilePath.FULL * TilePath.FULL);
        listeners.forEach(listener -> listener.accept(publisher.checkpoint()));
    }

    /** Whether a change of the key was begun of which nobody knows yet whether an entry announces it. */
    boolean isKeyUnsettled() {
        return !publisher.isAnnounced() && keeper.isUnsettled(publisher.verifier());
    }

    /**
     * Forgets the key of a change that no entry announces.
     *
     * @throws LedgerKeyException when that leaves no key
     */
    void settleKey() throws IOException {
        if (isKeyUnsettled()) {
            keeper.settle(publisher.key());
        }
    }

    /** Whether there is a key to sign with, or an entry that announces one. */
    boolean canSign() {
        return publisher.canSign(tail.end());
    }

    /** What changes the key of this copy. */
    HandOvers handOvers(HandOvers.Log log) {
        return new HandOvers(log, publisher, keeper);
    }

    /** Is told of each new checkpoint, once it is on the disk; must return quickly. */
    void onCheckpoint(Consumer<Checkpoint> listener) {
        listeners.add(listener);
    }

    /** The signed note of a text. */
    String sign(String text) {
        return publisher.sign(text);
    }

    /** Signed by this controller; covers every entry that is here. */
    Checkpoint checkpoint() throws IOException {
        if (publisher.waiting(tail.end()) > 0) {
            publication.flush();
        }
        return publisher.checkpoint();
    }

    @Override
    public void close() throws IOException {
        try (owner;
                publication) {
            checkpoint();
        }
    }
}
