package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * C2SP signed-notes: a text that ends in a line feed, an empty line, then a line for each signature. A checkpoint is
 * one; {@linkplain #statement any other statement} of the log is told apart from it by its first line.
 */
public final class SignedNote {

    /** Holds a space, which no origin does: a statement can never be read as a checkpoint. */
    private static final String STATEMENT = "release-rollback statement ";

    private SignedNote() {}

    /** The note of a text, signed by each of the keys. */
    static String sign(String text, SigningKey... keys) {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (SigningKey key : keys) {
            byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
            byte[] keyed = Arrays.copyOf(key.verifier().keyId(), 4 + signature.length);
            System.arraycopy(signature, 0, keyed, 4, signature.length);
            note.append("\u2014 ").append(key.verifier().name()).append(' ');
            note.append(Base64.getEncoder().encodeToString(keyed)).append('\n');
        }
        return note.toString();
    }

    /** The text of a statement, to be signed. */
    static String statement(String kind, String body) {
        if (kind.isEmpty() || kind.contains("\n") || body.contains("\n\n") || !body.endsWith("\n")) {
            throw new IllegalArgumentException(
                    "a statement has a kind of one line and whole lines, none of them empty");
        }
        return STATEMENT + kind + "\n" + body;
    }

    /**
     * Reads a statement that {@link Ledger#sign} made.
     *
     * @return its body
     * @throws IllegalArgumentException when it is none of this kind, or this key did not sign it
     */
    public static String verify(String kind, String note, VerifierKey key) {
        String start = STATEMENT + kind + "\n";
        int end = note.indexOf("\n\n") + 1;
        if (!note.startsWith(start) || end == 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("is no statement '" + kind + "'");
        }
        String text = note.substring(0, end);
        check(text, note.substring(end + 1), key);
        return text.substring(start.length());
    }

    /**
     * Checks that a key signed a text; signatures by other keys (witnesses) are left alone.
     *
     * @throws IllegalArgumentException when it did not
     */
    static void check(String text, String signatures, VerifierKey key) {
        boolean signed = false;
        for (String line : signatures.split("\n")) {
            String[] parts = line.split(" ");
            if (parts.length != 3 || !parts[0].equals("\u2014")) {
                throw new IllegalArgumentException("has a line that is no signature");
            }
            byte[] keyed = decode(parts[2]);
            if (parts[1].equals(key.name()) && keyed.length > 4 && Arrays.equals(keyed, 0, 4, key.keyId(), 0, 4)) {
                if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(keyed, 4, keyed.length))) {
                    throw new IllegalArgumentException("has a signature that its key did not make");
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new IllegalArgumentException("is signed by a foreign key, not by " + key);
        }
    }

    static byte[] decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // several texts decode to the same bytes; only one of them is the right one
            if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a signed note: bad base 64", e);
        }
        throw new IllegalArgumentException("is not a signed note: bad base 64");
    }
}
