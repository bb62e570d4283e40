package io.jenkins.plugins.rollback.engine.vault.pack;

import io.jenkins.plugins.rollback.engine.model.Sha256;
import java.nio.ByteBuffer;

/**
 * Names a piece by its bytes: the first 160 bits of their SHA-256. That is enough to find equal pieces; that a file
 * comes back right is not left to it but to the whole SHA-256 of the file.
 *
 * @param a first eight bytes
 * @param b next eight bytes
 * @param c last four bytes
 */
public record PieceHash(long a, long b, int c) {

    /** Bytes. */
    public static final int LENGTH = 20;

    /** The hash of a piece. */
    public static PieceHash ofPiece(byte[] piece) {
        return of(Sha256.digest().digest(piece));
    }

    /** @param sha256 all of it */
    static PieceHash of(byte[] sha256) {
        return read(ByteBuffer.wrap(sha256));
    }

    /** Reads {@link #LENGTH} bytes. */
    public static PieceHash read(ByteBuffer in) {
        return new PieceHash(in.getLong(), in.getLong(), in.getInt());
    }

    /** Writes {@link #LENGTH} bytes. */
    public void write(ByteBuffer out) {
        out.putLong(a).putLong(b).putInt(c);
    }
}
