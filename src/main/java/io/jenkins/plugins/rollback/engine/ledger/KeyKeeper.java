package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Changes a ledger's signing key so that a crash at any moment leaves a ledger that opens, with the old key or with the
 * new one: first both private keys are kept, then the entry that hands over is made durable, then the new key signs,
 * then the old one is forgotten.
 */
final class KeyKeeper {

    private final Path ledger;
    private final LedgerKeys keys;
    private final SecureRandom random;
    private volatile KeyRing ring = new KeyRing(List.of()); // as it was kept last

    KeyKeeper(Path ledger, LedgerKeys keys, SecureRandom random) {
        this.ledger = ledger;
        this.keys = keys;
        this.random = random;
    }

    /** Makes a key and keeps it beside the present one. @param old {@code null} when that is lost */
    synchronized SigningKey makeNext(SigningKey old, String name) throws IOException {
        SigningKey next = SigningKey.create(name, random);
        KeyRing both = old == null ? KeyRing.of(next) : KeyRing.of(old, next);
        keys.store(both.text());
        ring = both;
        return next;
    }

    /** Forgets every private key but this one. */
    private void keepOnly(SigningKey key) throws IOException {
        KeyRing one = KeyRing.of(key);
        keys.store(one.text());
        ring = one;
    }

    /** Whether a key beside the present one is kept, of a change that may or may not be announced some day. */
    boolean isUnsettled(VerifierKey present) {
        return ring.hasOther(present);
    }

    /**
     * Ends a change that no entry announced, and none will: the crash came before the entry, or after everything.
     *
     * @param present signs; {@code null} when it is lost
     * @throws LedgerKeyException when it is
     */
    synchronized void settle(SigningKey present) throws IOException {
        if (present == null) {
            throw LedgerStart.foreign(ledger);
        }
        keepOnly(present);
    }

    /**
     * Goes on with a change that was cut short.
     *
     * @param start as read
     * @param tiled how many entries the tiles hold
     * @param pending the entries after those
     * @param files where the others are
     * @return the change that an entry announced, or empty when there is none to go on with
     * @throws LedgerKeyException when there is no usable key at all
     */
    Optional<KeyChange> cutShort(LedgerStart.Start start, long tiled, List<byte[]> pending, TileFiles files)
            throws IOException {
        VerifierKey present = start.history().newest();
        Optional<KeyChange> found = find(start, tiled, files);
        for (int i = 0; i < pending.size() && found.isEmpty() && isUnsettled(present); i++) {
            found = announced(EntryReader.decode(tiled + i, pending.get(i)), present);
        }
        if (found.isEmpty() && isUnsettled(present)) {
            settle(start.key());
        }
        return found;
    }

    /**
     * Looks for the change that was cut short among the entries that the tiles hold, and decides nothing when there is
     * none: it may be among those that come.
     */
    Optional<KeyChange> find(LedgerStart.Start start, long tiled, TileFiles files) throws IOException {
        ring = start.ring();
        VerifierKey present = start.history().newest();
        Optional<KeyChange> found = Optional.empty();
        // rare, and only while two keys are kept: there is time to look through everything. The oldest first: in a
        // shared ledger anybody may repeat the entry
        for (long first = 0; isUnsettled(present) && first < tiled && found.isEmpty(); first += TilePath.FULL) {
            TilePath whole = new TilePath(TilePath.ENTRIES, first / TilePath.FULL, TilePath.FULL);
            List<byte[]> entries = files.entries(new TilePath(TilePath.ENTRIES, whole.number(), whole.widthIn(tiled)));
            for (int i = 0; i < entries.size() && found.isEmpty(); i++) {
                byte[] bytes = entries.get(i);
                // what was dropped is empty; what hands over never is
                found = bytes.length == 0 ? found : announced(EntryReader.decode(first + i, bytes), present);
            }
        }
        return found;
    }

    /** The change that an entry announces, if it is from the present key to one that is kept here. */
    Optional<KeyChange> announced(Entry entry, VerifierKey present) throws IOException {
        if (!HandOver.isOne(entry.kind())
                || !isUnsettled(present)
                || !present.toString().equals(entry.text("previous"))) {
            return Optional.empty();
        }
        try {
            HandOver change = HandOver.of(entry.kind(), entry.data());
            return ring.find(change.next()).map(key -> new KeyChange(entry.index(), key));
        } catch (IllegalArgumentException e) {
            throw new DamagedLedgerException(entry.index(), "cannot be read: " + e.getMessage());
        }
    }

    /**
     * Publishes what is durable, lets the new key take over when that is due, and then forgets the old one.
     *
     * @param durable how many entries may be published
     * @return how many are
     */
    synchronized long publish(TilePublisher publisher, EntryTail tail, long durable) throws IOException {
        long from = publisher.checkpoint().size();
        SigningKey before = publisher.key();
        if (publisher.isChanging()) {
            publisher.finishChange();
        }
        if (from < durable && publisher.canSign(durable)) {
            publisher.publish(tail.bytes(from, durable));
        }
        if (publisher.key() != before) {
            keepOnly(publisher.key());
        }
        return publisher.checkpoint().size();
    }
}
