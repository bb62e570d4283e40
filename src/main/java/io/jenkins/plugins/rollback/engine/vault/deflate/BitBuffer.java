package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits on their way out, lowest first; what is complete can be taken away as bytes. */
final class BitBuffer {

    /** A code of 15 bits for a length with 5 more, and one for a distance with 13. */
    static final int LONGEST = 15 + 5 + 15 + 13;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1 << 16];
    private int from;
    private int to;
    private long bits;
    private int count;

    void clear() {
        from = to = count = 0;
        bits = 0;
    }

    /** @param length at most {@link #LONGEST} */
    void put(long value, int length) {
        if (count > Long.SIZE - LONGEST) {
            drain();
        }
        bits |= value << count;
        count += length;
    }

    /** Fills up to a whole byte with zeros. */
    void align() {
        count = count + 7 & ~7;
        drain();
    }

    /** Moves whole bytes out, all at once: what is written beyond them is written over by the next. */
    private void drain() {
        room(Long.BYTES);
        LONGS.set(bytes, to, bits);
        to += count >>> 3;
        bits = count == Long.SIZE ? 0 : bits >>> (count & ~7);
        count &= 7;
    }

    /** Copies bytes; the buffer must be aligned. */
    void copy(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, to, length);
        to += length;
    }

    private void room(int n) {
        if (to + n > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, to + n));
        }
    }

    int available() {
        return to - from;
    }

    int take(byte[] target, int offset, int length) {
        int n = Math.min(length, to - from);
        System.arraycopy(bytes, from, target, offset, n);
        from += n;
        if (from == to) {
            from = to = 0;
        }
        return n;
    }
}
