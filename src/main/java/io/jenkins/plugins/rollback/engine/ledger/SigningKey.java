package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The private half of a {@link VerifierKey}. Written as Go's note package writes it,
 * {@code PRIVATE+KEY+<name>+<key id>+<base 64 of 0x01 and the seed>}, so that other people's tools can sign with it.
 */
final class SigningKey {

    static final String PREFIX = "PRIVATE+KEY+";
    /** What precedes the 32 bytes of the seed in PKCS #8. */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final VerifierKey verifier;
    private final byte[] seed;
    private final PrivateKey key;

    private SigningKey(VerifierKey verifier, byte[] seed) {
        this.verifier = verifier;
        this.seed = seed;
        try {
            byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + seed.length);
            System.arraycopy(seed, 0, encoded, PKCS8.length, seed.length);
            key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java since 15 has it
        }
    }

    static SigningKey create(String name, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            byte[] spki = pair.getPublic().getEncoded();
            byte[] pkcs8 = pair.getPrivate().getEncoded();
            return new SigningKey(
                    new VerifierKey(name, Arrays.copyOfRange(spki, VerifierKey.X509.length, spki.length)),
                    Arrays.copyOfRange(pkcs8, PKCS8.length, PKCS8.length + 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException when the text is no private key, or not the one that belongs to the verifier */
    static SigningKey parse(String text, VerifierKey verifier) {
        String expected = PREFIX + verifier.name() + "+" + HexFormat.of().formatHex(verifier.keyId()) + "+";
        if (!text.startsWith(expected)) {
            throw new IllegalArgumentException("the private key does not belong to vkey");
        }
        byte[] typed = Base64.getDecoder().decode(text.substring(expected.length()));
        if (typed.length != 33 || typed[0] != 1) {
            throw new IllegalArgumentException("not an Ed25519 private key");
        }
        SigningKey signing = new SigningKey(verifier, Arrays.copyOfRange(typed, 1, 33));
        byte[] probe = "does this key sign for that one?".getBytes(StandardCharsets.UTF_8);
        if (!signing.toString().equals(text) || !verifier.verifies(probe, signing.sign(probe))) {
            throw new IllegalArgumentException("the private key does not belong to vkey");
        }
        return signing;
    }

    VerifierKey verifier() {
        return verifier;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The secret text. */
    @Override
    public String toString() {
        byte[] typed = new byte[1 + seed.length];
        typed[0] = 1;
        System.arraycopy(seed, 0, typed, 1, seed.length);
        return PREFIX + verifier.name() + "+" + HexFormat.of().formatHex(verifier.keyId()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
