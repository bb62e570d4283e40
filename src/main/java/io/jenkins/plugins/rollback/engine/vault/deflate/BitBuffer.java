package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.util.Arrays;

/** Bits on their way out, lowest first; what is complete can be taken away as bytes. */
final class BitBuffer {

    private byte[] bytes = new byte[1 << 16];
    private int from;
    private int to;
    private long bits;
    private int count;

    void clear() {
        from = to = count = 0;
        bits = 0;
    }

    /** @param length at most 16 */
    void put(int value, int length) {
        bits |= (long) value << count;
        count += length;
        if (count >= 48) {
            drain();
        }
    }

    /** Fills up to a whole byte with zeros. */
    void align() {
        count = count + 7 & ~7;
        drain();
    }

    private void drain() {
        room(8);
        while (count >= 8) {
            bytes[to++] = (byte) bits;
            bits >>>= 8;
            count -= 8;
        }
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
