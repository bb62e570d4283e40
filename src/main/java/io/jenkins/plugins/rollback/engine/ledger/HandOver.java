package io.jenkins.plugins.rollback.engine.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * From one key to the next, as an entry says it: the old key signs for the new one, and the entry lies in a tree that
 * the new key signs. Who trusts either key can thereby trust the other.
 *
 * @param previous signs until the entry
 * @param next signs every checkpoint that covers the entry
 * @param signature of {@link #statement} by {@code previous}; {@code null} when that key was lost, which only a new
 *     epoch may say
 * @param consent of {@code next}, a signature of the same, without which anybody could claim to have been the key
 *     before another one; {@code null} in an entry of a version that did not ask for it
 */
record HandOver(VerifierKey previous, VerifierKey next, byte[] signature, byte[] consent) {

    private static final String HEADER = "release-rollback hand-over v1\n";

    /** @param old {@code null} when the private key of {@code previous} is lost */
    static HandOver sign(SigningKey old, VerifierKey previous, SigningKey next) {
        byte[] statement = statement(previous, next.verifier());
        return new HandOver(previous, next.verifier(), old == null ? null : old.sign(statement), next.sign(statement));
    }

    /** The bytes that are signed: three lines, the verifier keys as in {@code vkey}. */
    private static byte[] statement(VerifierKey previous, VerifierKey next) {
        return (HEADER + previous + "\n" + next + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Whether entries of this kind hand over. */
    static boolean isOne(EventKind kind) {
        return kind == EventKind.KEY_ROTATED || kind == EventKind.EPOCH_STARTED;
    }

    /** Adds what {@link #of} reads. */
    void into(Event event) {
        event.with("previous", previous.toString())
                .with("vkey", next.toString())
                .with("signature", text(signature))
                .with("consent", text(consent));
    }

    private static String text(byte[] signature) {
        return signature == null ? null : Base64.getEncoder().encodeToString(signature);
    }

    private static byte[] bytes(ObjectNode data, String field) {
        return data.hasNonNull(field)
                ? Base64.getDecoder().decode(data.get(field).asText())
                : null;
    }

    /** @throws InvalidEventException when the entry's data is no hand-over, or the old key did not sign it */
    static HandOver of(EventKind kind, ObjectNode data) {
        VerifierKey previous;
        VerifierKey next;
        byte[] signature;
        byte[] consent;
        try {
            previous = VerifierKey.parse(data.path("previous").asText());
            next = VerifierKey.parse(data.path("vkey").asText());
            signature = bytes(data, "signature");
            consent = bytes(data, "consent");
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException("data: hands over to no key: " + e.getMessage());
        }
        if (kind == EventKind.KEY_ROTATED && !previous.name().equals(next.name())) {
            throw new InvalidEventException("data.vkey: is for another log");
        }
        if (signature == null && kind == EventKind.KEY_ROTATED
                || signature != null && !previous.verifies(statement(previous, next), signature)) {
            throw new InvalidEventException("data.signature: was not made by the key before");
        }
        if (consent != null && !next.verifies(statement(previous, next), consent)) {
            throw new InvalidEventException("data.consent: was not made by the key that takes over");
        }
        return new HandOver(previous, next, signature, consent);
    }
}
