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
    private final EntryTail tail;
    private final EntryReader reader;
    private final Publication publication;
    private final TileHasher hasher;
    private final List<Consumer<Checkpoint>> listeners = new CopyOnWriteArrayList<>();

    private Replica(Disk disk, Path dir, String origin, LedgerKeys keys, OwnerLock owner) throws IOException {
        this.owner = owner;
        LedgerStart.Start start = LedgerStart.of(disk, dir, origin, keys, new SecureRandom(), false);
        publisher = new TilePublisher(disk, dir, start);
        publisher.sweep();
        List<byte[]> known = new ArrayList<>(publisher.unfinished());
        tail = new EntryTail(start.checkpoint().size() - known.size());
        for (byte[] entry : known) {
            tail.add(new EntryTail.Stored(EntryReader.decode(tail.end(), entry), entry));
        }
        hasher = publisher.hasher();
        reader = new EntryReader(tail, new BundleReader(new TileFiles(disk, dir)));
        publication = new Publication("ledger copy of " + start.checkpoint().origin(), new Publication.Work() {
            @Override
            public long waiting() {
                return tail.end() - publisher.checkpoint().size();
            }

            @Override
            public void publish() throws IOException {
                Replica.this.publish();
            }
        });
    }

    /** @param origin name of the log, or {@code null} when only a copy that is there already will do */
    static Replica open(Disk disk, Path dir, String origin, LedgerKeys keys) throws IOException {
        disk.createDirectories(dir);
        OwnerLock owner = OwnerLock.take(dir);
        try {
            return new Replica(disk, dir, origin, keys, owner);
        } catch (IOException | RuntimeException e) {
            owner.close();
            throw e;
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
    void add(EntryTail.Stored next) {
        hasher.add(Merkle.leaf(next.bytes()), (tile, hashes) -> {});
        tail.add(next);
        publication.nudge();
    }

    private void publish() throws IOException {
        long from = publisher.checkpoint().size();
        long to = tail.end();
        if (from < to) {
            publisher.publish(tail.bytes(from, to));
            tail.dropBefore(to / TilePath.FULL * TilePath.FULL);
            listeners.forEach(listener -> listener.accept(publisher.checkpoint()));
        }
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
        if (publisher.checkpoint().size() < tail.end()) {
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
