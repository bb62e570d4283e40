package io.jenkins.plugins.rollback.engine.ledger.state;

import java.nio.ByteBuffer;

/**
 * Numbers from 0 in as few bytes as they need: seven bits a byte, the lowest first; the eighth bit says that more
 * follow.
 */
public final class Varint {

    /** Bytes that the largest number takes. */
    public static final int LONGEST = 10;

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Varint() {}

    /**
     * Writes a number; there must be room for {@link #LONGEST} bytes.
     *
     * @param value taken as unsigned
     * @return the position after it
     */
    public static int write(long value, byte[] to, int at) {
        long rest = value;
        int next = at;
        while ((rest & -MORE) != 0) {
            to[next++] = (byte) (rest | MORE);
            rest >>>= BITS;
        }
        to[next++] = (byte) rest;
        return next;
    }

    /** Reads the next number. @throws java.nio.BufferUnderflowException when it is cut off */
    public static long read(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next = in.get();
        while (next < 0) {
            value |= (long) (next & MORE - 1) << shift;
            shift += BITS;
            next = in.get();
        }
        return value | (long) next << shift;
    }
}
