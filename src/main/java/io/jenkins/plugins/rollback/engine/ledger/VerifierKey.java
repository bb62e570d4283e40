package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A C2SP signed-note verifier key, {@code <name>+<key id>+<base 64 of 0x01 and the Ed25519 public key>}.
 *
 * @param name the key's name, which is the log's origin
 * @param raw the 32 bytes of the public key; do not modify
 */
public record VerifierKey(String name, byte[] raw) {

    private static final byte ED25519 = 1;
    /** What precedes the 32 bytes in an X.509 SubjectPublicKeyInfo. */
    static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** First four bytes of SHA-256 over name, line feed, algorithm and key. */
    public byte[] keyId() {
        byte[] start = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + 1 + raw.length);
        all[start.length] = ED25519;
        System.arraycopy(raw, 0, all, start.length + 1, raw.length);
        return Arrays.copyOf(Merkle.sha256(all), 4);
    }

    /** The line that is in {@code vkey}, without its line feed. */
    @Override
    public String toString() {
        byte[] typed = new byte[1 + raw.length];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return name + "+" + HexFormat.of().formatHex(keyId()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** @throws IllegalArgumentException when the text is not exactly a verifier key for Ed25519 */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a verifier key: expected <name>+<key id>+<key>");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 33 || typed[0] != ED25519) {
            throw new IllegalArgumentException("not an Ed25519 verifier key");
        }
        VerifierKey key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, 33));
        if (!key.toString().equals(text)) {
            throw new IllegalArgumentException("verifier key and key id do not belong together");
        }
        return key;
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            byte[] encoded = Arrays.copyOf(X509, X509.length + raw.length);
            System.arraycopy(raw, 0, encoded, X509.length, raw.length);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a point that is none, a signature of the wrong length
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && key.name.equals(name) && Arrays.equals(key.raw, raw);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(raw);
    }
}
