package io.jenkins.plugins.rollback.engine.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 as it is written everywhere in this product: 64 lower-case hexadecimal digits. */
public final class Sha256 {

    /** Large enough that a system call does not count, small enough to stay in a processor's cache. */
    public static final int BUFFER = 128 * 1024;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /** A fresh digest; every Java platform has this algorithm. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends a digest and writes it down. */
    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Hash of bytes in memory. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** Hash of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Hash of a stream, read to its end; the caller closes it. */
    public static String of(InputStream in) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return hex(digest);
    }

    /**
     * Returns the hash when it is written as it must be. Hashes become file names, so this is also what keeps a forged
     * one inside the vault.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static String require(String hash) {
        if (hash == null || !HEX.matcher(hash).matches()) {
            throw new IllegalArgumentException("not a SHA-256 in 64 lower-case hexadecimal digits: "
                    + (hash == null ? "nothing" : "'" + Printable.of(hash) + "'"));
        }
        return hash;
    }
}
