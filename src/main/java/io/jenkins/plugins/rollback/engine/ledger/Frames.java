package io.jenkins.plugins.rollback.engine.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Records in a file that may end in the middle of one: 4 bytes length of the payload, 4 bytes CRC-32C over all the
 * rest, 8 bytes index, 8 bytes {@code acknowledged} (how many records were known to be on the disk when this one was
 * written), payload; numbers big-endian.
 *
 * <p>{@code acknowledged} tells a torn tail from damage: what a later record calls acknowledged must not be missing.
 */
final class Frames {

    static final int HEADER = 24;
    /** Larger than any entry or row, so a length beyond it is no length. */
    static final int MAX_PAYLOAD = 1 << 24;

    private Frames() {}

    /** One whole record and where it lies in its file. */
    record Frame(long index, long acknowledged, byte[] payload, long start, long end) {}

    /**
     * What a file holds.
     *
     * @param frames all whole records, in the order of the file
     * @param clean length of the part that holds whole records without anything between
     */
    record Scan(List<Frame> frames, long clean) {}

    static byte[] encode(long index, long acknowledged, byte[] payload) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + payload.length);
        buffer.putInt(payload.length)
                .putInt(0)
                .putLong(index)
                .putLong(acknowledged)
                .put(payload);
        buffer.putInt(4, crc(buffer.array(), 0, payload.length));
        return buffer.array();
    }

    /** Reads what is whole; after a bad place it goes on byte by byte until something is whole again. */
    static Scan scan(byte[] file) {
        List<Frame> frames = new ArrayList<>();
        int clean = -1;
        int at = 0;
        while (at < file.length) {
            Frame frame = at(file, at);
            if (frame != null) {
                frames.add(frame);
                at = (int) frame.end();
            } else {
                clean = clean < 0 ? at : clean;
                at++;
            }
        }
        return new Scan(frames, clean < 0 ? file.length : clean);
    }

    private static Frame at(byte[] file, int at) {
        if (file.length - at < HEADER) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(file, at, file.length - at);
        int length = buffer.getInt();
        int crc = buffer.getInt();
        if (length < 0 || length > MAX_PAYLOAD || length > buffer.remaining() - 16 || crc != crc(file, at, length)) {
            return null;
        }
        long index = buffer.getLong();
        long acknowledged = buffer.getLong();
        byte[] payload = new byte[length];
        buffer.get(payload);
        return new Frame(index, acknowledged, payload, at, at + HEADER + length);
    }

    private static int crc(byte[] file, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(file, at, 4);
        crc.update(file, at + 8, 16 + length);
        return (int) crc.getValue();
    }
}
