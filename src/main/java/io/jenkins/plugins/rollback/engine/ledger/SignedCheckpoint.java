package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and reads C2SP tlog-checkpoints: three lines, an empty one, then signatures. */
public final class SignedCheckpoint {

    private static final Pattern NOTE = Pattern.compile(
            "(?<origin>[^\\n]+)\\n(?<size>0|[1-9][0-9]{0,17})\\n(?<root>[A-Za-z0-9+/]{43}=)\\n(?<more>(?:[^\\n]+\\n)*)\\n"
                    + "(?<signatures>(?:\u2014 [^ \\n]+ [A-Za-z0-9+/=]+\\n)+)");

    private SignedCheckpoint() {}

    static Checkpoint sign(String origin, long size, byte[] root, SigningKey key) {
        String rootHash = Base64.getEncoder().encodeToString(root);
        String text = origin + "\n" + size + "\n" + rootHash + "\n";
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] keyed = Arrays.copyOf(key.verifier().keyId(), 4 + signature.length);
        System.arraycopy(signature, 0, keyed, 4, signature.length);
        String note = text + "\n\u2014 " + key.verifier().name() + " "
                + Base64.getEncoder().encodeToString(keyed) + "\n";
        return new Checkpoint(origin, size, rootHash, note);
    }

    /**
     * Reads a checkpoint and verifies that this key signed it. Signatures by other keys (witnesses) are left alone.
     *
     * @throws IllegalArgumentException saying whether it is no checkpoint, speaks for another log, or is signed wrongly
     */
    public static Checkpoint verify(String note, VerifierKey key) {
        Matcher form = NOTE.matcher(note);
        if (!form.matches()) {
            throw new IllegalArgumentException("is not a signed checkpoint");
        }
        byte[] root = decode(form.group("root"));
        if (!form.group("origin").equals(key.name())) {
            throw new IllegalArgumentException(
                    "speaks for '" + form.group("origin") + "', the key for '" + key.name() + "'");
        }
        byte[] text = note.substring(0, note.indexOf("\n\n") + 1).getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (String line : form.group("signatures").split("\n")) {
            String[] parts = line.split(" ");
            byte[] keyed = decode(parts[2]);
            if (parts[1].equals(key.name()) && keyed.length > 4 && Arrays.equals(keyed, 0, 4, key.keyId(), 0, 4)) {
                if (!key.verifies(text, Arrays.copyOfRange(keyed, 4, keyed.length))) {
                    throw new IllegalArgumentException("has a signature that its key did not make");
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new IllegalArgumentException("is signed by a foreign key, not by " + key);
        }
        return new Checkpoint(
                form.group("origin"),
                Long.parseLong(form.group("size")),
                Base64.getEncoder().encodeToString(root),
                note);
    }

    private static byte[] decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            // several texts decode to the same bytes; only one of them is the right one
            if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a signed checkpoint: bad base 64", e);
        }
        throw new IllegalArgumentException("is not a signed checkpoint: bad base 64");
    }
}
