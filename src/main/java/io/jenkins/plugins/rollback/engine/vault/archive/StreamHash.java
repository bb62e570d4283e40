package io.jenkins.plugins.rollback.engine.vault.archive;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The SHA-256 of a deflate stream, all of it: what is known of a stream by this name is believed.
 *
 * @param a bytes 0 to 7
 * @param b bytes 8 to 15
 * @param c bytes 16 to 23
 * @param d bytes 24 to 31
 */
public record StreamHash(long a, long b, long c, long d) {

    /** Bytes. */
    public static final int LENGTH = 32;

    private static final int BUFFER = 64 * 1024;

    static StreamHash of(Region stream) throws IOException {
        MessageDigest digest = Sha256.digest();
        for (long at = 0; at < stream.size(); at += BUFFER) {
            digest.update(stream.read(at, (int) Math.min(BUFFER, stream.size() - at)));
        }
        return read(ByteBuffer.wrap(digest.digest()));
    }

    /** The next {@link #LENGTH} bytes. */
    public static StreamHash read(ByteBuffer in) {
        return new StreamHash(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** Writes {@link #LENGTH} bytes. */
    public void write(ByteBuffer out) {
        out.putLong(a).putLong(b).putLong(c).putLong(d);
    }
}
