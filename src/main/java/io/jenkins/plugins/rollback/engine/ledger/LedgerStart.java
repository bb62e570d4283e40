package io.jenkins.plugins.rollback.engine.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes a new ledger's key and first checkpoint, or reads those of an existing one. */
final class LedgerStart {

    /** A schema-less URL, as C2SP recommends; no space and no plus, which would end the name within a note. */
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~:/-]{0,254}");

    private LedgerStart() {}

    /** The key that signs and what it has signed last. */
    record Start(SigningKey key, Checkpoint checkpoint) {}

    static Start of(Disk disk, Path ledger, String origin, LedgerKeys keys, SecureRandom random) throws IOException {
        Path checkpoint = ledger.resolve("checkpoint");
        return Files.exists(checkpoint) ? existing(disk, ledger, keys) : create(disk, ledger, origin, keys, random);
    }

    private static Start existing(Disk disk, Path ledger, LedgerKeys keys) throws IOException {
        VerifierKey verifier = verifierKey(disk, ledger);
        Checkpoint checkpoint = checkpoint(disk, ledger, verifier);
        Optional<String> secret = keys.load();
        if (secret.isEmpty()) {
            throw new IOException("the private key of the ledger in " + ledger + " is gone: nothing can be signed");
        }
        try {
            return new Start(SigningKey.parse(secret.get(), verifier), checkpoint);
        } catch (IllegalArgumentException e) {
            throw new IOException("the ledger in " + ledger + " cannot be signed: " + e.getMessage(), e);
        }
    }

    static VerifierKey verifierKey(Disk disk, Path ledger) throws IOException {
        Path file = ledger.resolve("vkey");
        if (!Files.exists(file)) {
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
        if (!Files.exists(file)) {
            throw new DamagedLedgerException("checkpoint is missing");
        }
        byte[] bytes = disk.read(file);
        String note = new String(bytes, StandardCharsets.UTF_8);
        try {
            if (!java.util.Arrays.equals(note.getBytes(StandardCharsets.UTF_8), bytes)) {
                throw new IllegalArgumentException("is not UTF-8");
            }
            return SignedCheckpoint.verify(note, verifier);
        } catch (IllegalArgumentException e) {
            throw new DamagedLedgerException("checkpoint " + e.getMessage());
        }
    }

    private static Start create(Disk disk, Path ledger, String origin, LedgerKeys keys, SecureRandom random)
            throws IOException {
        // a crash while the ledger was made leaves a key and nothing else; anything more is a ledger that lost its head
        if (Files.exists(ledger.resolve("tile"))
                || !WalRecovery.segments(ledger.resolve("wal")).isEmpty()) {
            throw new DamagedLedgerException("checkpoint is missing in " + ledger + ", although there are entries");
        }
        if (origin == null || !ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException("origin '" + origin
                    + "' is not a name for a log: expected up to 255 letters, digits and ._~:/-, for example"
                    + " jenkins.example.org/release-rollback/1");
        }
        SigningKey key = SigningKey.create(origin, random);
        keys.store(key.toString());
        disk.replace(ledger.resolve("vkey"), (key.verifier() + "\n").getBytes(StandardCharsets.UTF_8));
        Checkpoint empty = SignedCheckpoint.sign(origin, 0, new TileHasher().root(), key);
        disk.replace(ledger.resolve("checkpoint"), empty.note().getBytes(StandardCharsets.UTF_8));
        return new Start(key, empty);
    }
}
