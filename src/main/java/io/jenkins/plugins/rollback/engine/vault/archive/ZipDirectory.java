package io.jenkins.plugins.rollback.engine.vault.archive;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the directory at the end of a zip says about its deflated members. Only a hint where something may lie: nothing is
 * taken apart because of it, and a wrong or missing directory costs no more than time.
 */
final class ZipDirectory {

    static final int END = 0x06054b50;
    static final int END_SIZE = 22;

    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int DEFLATED = 8;
    private static final int LARGEST = 16 << 20;

    /**
     * A member.
     *
     * @param header where its local header begins in the region
     * @param size of its bytes, compressed and not, together
     */
    record Hint(long header, long size) {}

    private ZipDirectory() {}

    /** Where the end of the directory begins; -1 when there is none. */
    static long end(Region region) throws IOException {
        if (region.size() < END_SIZE) {
            return -1;
        }
        int tail = (int) Math.min(region.size(), END_SIZE + LONGEST_COMMENT);
        byte[] bytes = region.read(region.size() - tail, tail);
        for (int i = tail - END_SIZE; i >= 0; i--) {
            if (bytes[i] == 'P'
                    && LittleEndian.u32(bytes, i) == END
                    && i + END_SIZE + LittleEndian.u16(bytes, i + 20) == tail) {
                return region.size() - tail + i;
            }
        }
        return -1;
    }

    /**
     * The deflated members in the order of the directory, which is nearly always that of the file.
     *
     * @param most bytes of a member that are worth telling
     */
    static Deque<Hint> hints(Region region, long most) throws IOException {
        Deque<Hint> hints = new ArrayDeque<>();
        long end = end(region);
        if (end < 0) {
            return hints;
        }
        byte[] trailer = region.read(end, END_SIZE);
        long size = LittleEndian.u32(trailer, 12);
        long begin = end - size;
        if (size > LARGEST || begin < 0) {
            return hints; // one of zip64, or none
        }
        long before = begin - LittleEndian.u32(trailer, 16); // what lies before the zip, a program perhaps
        byte[] bytes = region.read(begin, (int) size);
        for (int at = 0; at + ENTRY_SIZE <= size && LittleEndian.u32(bytes, at) == ENTRY; ) {
            long together = LittleEndian.u32(bytes, at + 20) + LittleEndian.u32(bytes, at + 24);
            long header = before + LittleEndian.u32(bytes, at + 42);
            boolean later = hints.isEmpty() || header > hints.getLast().header();
            if (LittleEndian.u16(bytes, at + 10) == DEFLATED && together <= most && header >= 0 && later) {
                hints.add(new Hint(header, together));
            }
            at += ENTRY_SIZE
                    + LittleEndian.u16(bytes, at + 28)
                    + LittleEndian.u16(bytes, at + 30)
                    + LittleEndian.u16(bytes, at + 32);
        }
        return hints;
    }
}
