package io.jenkins.plugins.rollback.engine.ledger;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and reads C2SP tlog-checkpoints: three lines, an empty one, then signatures. */
public final class SignedCheckpoint {

    private static final Pattern NOTE = Pattern.compile(
            "(?<origin>[^\\n]+)\\n(?<size>0|[1-9][0-9]{0,17})\\n(?<root>[A-Za-z0-9+/]{43}=)\\n(?<more>(?:[^\\n]+\\n)*)\\n"
                    + "(?<signatures>(?:\u2014 [^ \\n]+ [A-Za-z0-9+/=]+\\n)+)");

    private SignedCheckpoint() {}

    /** @param keys whose signatures the note gets, one at least; while a key is changed there are two */
    static Checkpoint sign(String origin, long size, byte[] root, SigningKey... keys) {
        String rootHash = Base64.getEncoder().encodeToString(root);
        String text = origin + "\n" + size + "\n" + rootHash + "\n";
        return new Checkpoint(origin, size, rootHash, SignedNote.sign(text, keys));
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
        byte[] root = SignedNote.decode(form.group("root"));
        if (!form.group("origin").equals(key.name())) {
            throw new IllegalArgumentException(
                    "speaks for '" + form.group("origin") + "', the key for '" + key.name() + "'");
        }
        SignedNote.check(note.substring(0, note.indexOf("\n\n") + 1), form.group("signatures"), key);
        return new Checkpoint(
                form.group("origin"),
                Long.parseLong(form.group("size")),
                Base64.getEncoder().encodeToString(root),
                note);
    }
}
