package io.jenkins.plugins.rollback.engine.ledger;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The private keys of one ledger as {@link LedgerKeys} keeps them, one a line. There are two only while a key is being
 * changed: the old one until the new one has signed, so that a crash in between loses neither.
 */
record KeyRing(List<String> secrets) {

    static KeyRing of(String text) {
        return new KeyRing(Arrays.asList(text.split("\n", -1)));
    }

    static KeyRing of(SigningKey... keys) {
        return new KeyRing(Arrays.stream(keys).map(SigningKey::toString).toList());
    }

    /**
     * The private half of a key.
     *
     * @throws IllegalArgumentException when it is there and damaged
     */
    Optional<SigningKey> find(VerifierKey verifier) {
        for (String secret : secrets) {
            if (isNamed(secret, verifier)) {
                return Optional.of(SigningKey.parse(secret, verifier));
            }
        }
        return Optional.empty();
    }

    /** Whether there is a key beside that of {@code verifier}: a change was begun, and perhaps not finished. */
    boolean hasOther(VerifierKey verifier) {
        return secrets.stream().anyMatch(secret -> !isNamed(secret, verifier));
    }

    private static boolean isNamed(String secret, VerifierKey verifier) {
        return secret.startsWith(
                SigningKey.PREFIX + verifier.name() + "+" + HexFormat.of().formatHex(verifier.keyId()) + "+");
    }

    /** What {@link #of(String)} reads. */
    String text() {
        return String.join("\n", secrets);
    }
}
