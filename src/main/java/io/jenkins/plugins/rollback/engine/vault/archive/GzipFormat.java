package io.jenkins.plugins.rollback.engine.vault.archive;

import java.io.IOException;
import java.util.Optional;

/** Gzip files (RFC 1952), of one member or several. */
final class GzipFormat {

    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    /** Names and comments longer than this are none. */
    private static final int LONGEST_TEXT = 64 * 1024;

    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final Splitter splitter;
    private final Region region;
    private final int depth;

    GzipFormat(Splitter splitter, Region region, int depth) {
        this.splitter = splitter;
        this.region = region;
        this.depth = depth;
    }

    static boolean begins(Region region) throws IOException {
        return begins(region, 0);
    }

    private static boolean begins(Region region, long at) throws IOException {
        if (region.size() - at < HEADER + TRAILER) {
            return false;
        }
        byte[] head = region.read(at, 3);
        return head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8;
    }

    void split() throws IOException {
        long at = 0;
        while (begins(region, at)) {
            long data = dataStart(at);
            if (data < 0) {
                break;
            }
            Optional<Deflated> found = splitter.look(region.slice(data, region.size() - data));
            if (found.isEmpty()) {
                break;
            }
            try (Deflated member = found.get()) {
                if (!splitter.affords(member)) {
                    break;
                }
                splitter.structure(region.slice(at, data - at));
                splitter.deflated(member, depth);
                at = data + member.size();
            }
            long trailer = Math.min(TRAILER, region.size() - at);
            splitter.structure(region.slice(at, trailer));
            at += trailer;
        }
        splitter.unknown(region.slice(at, region.size() - at));
    }

    /** Where the deflate stream of the member begins; -1 when the header is cut off. */
    private long dataStart(long at) throws IOException {
        int flags = region.read(at + 3, 1)[0];
        long next = at + HEADER;
        if ((flags & HAS_EXTRA) != 0) {
            if (next + 2 > region.size()) {
                return -1;
            }
            next += 2 + LittleEndian.u16(region.read(next, 2), 0);
        }
        for (int flag : new int[] {HAS_NAME, HAS_COMMENT}) {
            if ((flags & flag) != 0 && next >= 0 && next < region.size()) {
                next = afterText(next);
            }
        }
        if (next < 0) {
            return -1;
        }
        next += (flags & HAS_CRC) != 0 ? 2 : 0;
        return next < region.size() ? next : -1;
    }

    private long afterText(long at) throws IOException {
        byte[] text = region.read(at, (int) Math.min(LONGEST_TEXT, region.size() - at));
        for (int i = 0; i < text.length; i++) {
            if (text[i] == 0) {
                return at + i + 1;
            }
        }
        return -1;
    }
}
