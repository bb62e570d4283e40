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

    KeyKeeper(Path ledger, LedgerKeys keys, SecureRandom random) {
        this.ledger = ledger;
        this.keys = keys;
        this.random = random;
    }

    /** Makes a key and keeps it beside the present one. @param old {@code null} when that is lost */
    SigningKey makeNext(SigningKey old, String name) throws IOException {
        SigningKey next = SigningKey.create(name, random);
        keys.store((old == null ? KeyRing.of(next) : KeyRing.of(old, next)).text());
        return next;
    }

    /** Forgets every private key but this one. */
    void keepOnly(SigningKey key) throws IOException {
        keys.store(KeyRing.of(key).text());
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
        if (!start.ring().hasOther(present)) {
            return Optional.empty();
        }
        Optional<KeyChange> found = Optional.empty();
        for (int i = pending.size() - 1; i >= 0 && found.isEmpty(); i--) {
            found = announced(tiled + i, pending.get(i), present, start.ring());
        }
        // rare, and only while two keys are kept: there is time to look through everything, the newest first
        for (long number = (tiled - 1) / TilePath.FULL; tiled > 0 && number >= 0 && found.isEmpty(); number--) {
            TilePath whole = new TilePath(TilePath.ENTRIES, number, TilePath.FULL);
            TilePath bundle = new TilePath(TilePath.ENTRIES, number, whole.widthIn(tiled));
            List<byte[]> entries = files.entries(bundle);
            for (int i = entries.size() - 1; i >= 0 && found.isEmpty(); i--) {
                if (entries.get(i).length == 0) {
                    continue; // dropped; what hands over never is
                }
                found = announced(bundle.first() + i, entries.get(i), present, start.ring());
            }
        }
        if (found.isEmpty() && start.key() == null) {
            throw LedgerStart.foreign(ledger);
        }
        if (found.isEmpty()) {
            keepOnly(start.key()); // the crash came before the entry, or after everything
        }
        return found;
    }

    private static Optional<KeyChange> announced(long index, byte[] bytes, VerifierKey present, KeyRing ring)
            throws IOException {
        Entry entry = EntryReader.decode(index, bytes);
        if (!HandOver.isOne(entry.kind())) {
            return Optional.empty();
        }
        try {
            HandOver change = HandOver.of(entry.kind(), entry.data());
            return change.previous().equals(present)
                    ? ring.find(change.next()).map(key -> new KeyChange(index, key))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new DamagedLedgerException(index, "cannot be read: " + e.getMessage());
        }
    }
}
