package io.jenkins.plugins.rollback.engine.vault.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;

/** Numbers of seven bits a byte, lowest first, the upper bit saying that more follow (LEB128). */
final class Varints {

    private Varints() {}

    /** Writes numbers and bytes one after the other. */
    static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer put(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                out.write((int) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            out.write((int) left);
            return this;
        }

        /** A number that may be negative: 0, -1, 1, -2, ... become 0, 1, 2, 3, ... */
        Writer putSigned(long value) {
            return put(value << 1 ^ value >> 63);
        }

        Writer put(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        /** The bytes that hexadecimal digits stand for. */
        Writer putHex(String hex) {
            return put(HexFormat.of().parseHex(hex));
        }

        int size() {
            return out.size();
        }

        byte[] toBytes() {
            return out.toByteArray();
        }
    }

    /** Reads what a writer wrote, and trusts none of it. */
    static final class Reader {

        private final byte[] bytes;
        private final int to;
        private int at;

        Reader(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.at = from;
            this.to = to;
        }

        boolean hasMore() {
            return at < to;
        }

        int position() {
            return at;
        }

        long get() throws IOException {
            long value = 0;
            for (int shift = 0; shift < 63; shift += 7) {
                require(1);
                byte next = bytes[at++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw damaged();
        }

        long getSigned() throws IOException {
            long value = get();
            return value >>> 1 ^ -(value & 1);
        }

        /** A number that must not be larger than {@code most}. */
        int get(int most) throws IOException {
            long value = get();
            if (value < 0 || value > most) {
                throw damaged();
            }
            return (int) value;
        }

        String getHex(int length) throws IOException {
            require(length);
            at += length;
            return HexFormat.of().formatHex(bytes, at - length, at);
        }

        /** Skips bytes and returns where they begin. */
        int skip(int length) throws IOException {
            require(length);
            at += length;
            return at - length;
        }

        private void require(int length) throws IOException {
            if (length < 0 || length > to - at) {
                throw damaged();
            }
        }

        private static IOException damaged() {
            return new IOException("its numbers make no sense");
        }
    }
}
