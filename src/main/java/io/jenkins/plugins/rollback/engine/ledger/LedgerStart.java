package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a new ledger's key and first checkpoint, or reads those of an existing one. */
final class LedgerStart {

    /** A schema-less URL, as C2SP recommends; no space and no plus, which would end the name within a note. */
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~:/-]{0,254}");

    private LedgerStart() {}

    /**
     * Where a ledger stands.
     *
     * @param key that signs; {@code null} when it is lost and a person has confirmed that, or when a change of the key
     *     was cut short
     * @param ring everything that is known of private keys
     * @param checkpoint signed last
     */
    record Start(SigningKey key, KeyRing ring, KeyHistory history, Checkpoint checkpoint) {}

    /** @param keyless a person has confirmed that the private key is lost */
    static Start of(Disk disk, Path ledger, String origin, LedgerKeys keys, SecureRandom random, boolean keyless)
            throws IOException {
        boolean there = disk.exists(ledger.resolve("checkpoint"));
        return there ? existing(disk, ledger, keys, keyless) : create(disk, ledger, origin, keys, random);
    }

    private static Start existing(Disk disk, Path ledger, LedgerKeys keys, boolean keyless) throws IOException {
        VerifierKey verifier = verifierKey(disk, ledger);
        KeyHistory history = KeyHistory.read(disk, ledger, verifier);
        if (keyless) {
            return new Start(null, new KeyRing(List.of()), history, checkpoint(disk, ledger, verifier));
        }
        Optional<String> secret = keys.load();
        if (secret.isEmpty()) {
            throw new LedgerKeyException(
                    LedgerKeyException.State.MISSING,
                    "the private key of the ledger in " + ledger + " is gone: nothing can be signed",
                    null);
        }
        KeyRing ring = KeyRing.of(secret.get());
        VerifierKey newest = history.newest();
        if (!newest.equals(verifier) && ring.find(newest).isPresent()) { // a crash came between the two files
            disk.replace(ledger.resolve("vkey"), (newest + "\n").getBytes(StandardCharsets.UTF_8));
            verifier = newest;
        }
        SigningKey key;
        try {
            key = ring.find(verifier).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new LedgerKeyException(
                    LedgerKeyException.State.DAMAGED,
                    "the ledger in " + ledger + " cannot be signed: " + e.getMessage(),
                    e);
        }
        if (key == null && ring.secrets().stream().noneMatch(text -> text.startsWith(SigningKey.PREFIX))) {
            throw new LedgerKeyException(
                    LedgerKeyException.State.DAMAGED,
                    "the ledger in " + ledger + " cannot be signed: its private key cannot be read",
                    null);
        }
        return new Start(key, ring, history, signed(disk, ledger, key, history, verifier));
    }

    /** The checkpoint; signed again when a crash came after the new key was written and before it had signed. */
    private static Checkpoint signed(Disk disk, Path ledger, SigningKey key, KeyHistory history, VerifierKey verifier)
            throws IOException {
        try {
            return checkpoint(disk, ledger, verifier);
        } catch (DamagedLedgerException e) {
            int periods = history.periods().size();
            if (key == null || periods < 2) {
                throw e;
            }
            Checkpoint old =
                    checkpoint(disk, ledger, history.periods().get(periods - 2).key());
            Checkpoint again = SignedCheckpoint.sign(verifier.name(), old.size(), decode(old.rootHash()), key);
            disk.replace(ledger.resolve("checkpoint"), again.note().getBytes(StandardCharsets.UTF_8));
            return again;
        }
    }

    private static byte[] decode(String rootHash) {
        return java.util.Base64.getDecoder().decode(rootHash);
    }

    /** For a ledger whose {@code key} is not the one of {@code vkey}, and that no cut short change explains. */
    static LedgerKeyException foreign(Path ledger) {
        return new LedgerKeyException(
                LedgerKeyException.State.FOREIGN,
                "the ledger in " + ledger + " cannot be signed: the private key does not belong to vkey",
                null);
    }

    static VerifierKey verifierKey(Disk disk, Path ledger) throws IOException {
        Path file = ledger.resolve("vkey");
        if (!disk.exists(file)) {
            throw new DamagedLedgerException("vkey is missing");
        }
        String text = new String(disk.read(file), StandardCharsets.UTF_8);
        try {
            if (!text.endsWith("\n")) {
                throw new IllegalArgumentException("its line does not end");
            }
            return VerifierKey.parse(text.substring(0, text.length() - 1));
        } catch (IllegalArgumentException e) {
            throw new DamagedLedgerException("vkey cannot be read: " + e.getMessage());
        }
    }

    static Checkpoint checkpoint(Disk disk, Path ledger, VerifierKey verifier) throws IOException {
        Path file = ledger.resolve("checkpoint");
        if (!disk.exists(file)) {
            throw new DamagedLedgerException("checkpoint is missing");
        }
        byte[] bytes = disk.read(file);
        String note = new String(bytes, StandardCharsets.UTF_8);
        try {
            if (!Arrays.equals(note.getBytes(StandardCharsets.UTF_8), bytes)) {
                throw new IllegalArgumentException("is not UTF-8");
            }
            return SignedCheckpoint.verify(note, verifier);
        } catch (IllegalArgumentException e) {
            throw new DamagedLedgerException("checkpoint " + e.getMessage());
        }
    }

    /** @throws IllegalArgumentException when it is no name for a log */
    static void requireOrigin(String origin) {
        if (origin == null || !ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException("origin '" + origin
                    + "' is not a name for a log: expected up to 255 letters, digits and ._~:/-, for example"
                    + " jenkins.example.org/release-rollback/1");
        }
    }

    private static Start create(Disk disk, Path ledger, String origin, LedgerKeys keys, SecureRandom random)
            throws IOException {
        // a crash while the ledger was made leaves a key and nothing else; anything more is a ledger that lost its head
        if (disk.exists(ledger.resolve("tile"))
                || !WalRecovery.segments(disk, ledger.resolve("wal")).isEmpty()) {
            throw new DamagedLedgerException("checkpoint is missing in " + ledger + ", although there are entries");
        }
        requireOrigin(origin);
        SigningKey key = SigningKey.create(origin, random);
        keys.store(KeyRing.of(key).text());
        disk.replace(ledger.resolve("vkey"), (key.verifier() + "\n").getBytes(StandardCharsets.UTF_8));
        Checkpoint empty = SignedCheckpoint.sign(origin, 0, new TileHasher().root(), key);
        disk.replace(ledger.resolve("checkpoint"), empty.note().getBytes(StandardCharsets.UTF_8));
        return new Start(key, KeyRing.of(key), KeyHistory.of(key.verifier()), empty);
    }
}
