package io.jenkins.plugins.rollback.engine.vault.archive;

import java.io.IOException;
import java.util.Optional;

/**
 * Zip files, jars among them. They are read from the front, from one local header to the next: where a member's data end
 * is told by its deflate stream or its header, never by the directory at the end of the file. What cannot be told
 * (stored members of unknown size, encrypted ones, anything between) is kept as it is.
 */
final class ZipFormat {

    private static final int LOCAL = 0x04034b50;
    private static final int DIRECTORY = 0x02014b50;

    private static final int LOCAL_SIZE = 30;

    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW = 8;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** In place of a size that the field of zip64 has. */
    private static final long IN_ZIP64 = 0xffffffffL;

    private static final int ZIP64 = 1;

    private static final int SCAN = 64 * 1024;

    private final Splitter splitter;
    private final Region region;
    private final int depth;

    private Lookahead lookahead;

    /** Begins what was not given away yet. */
    private long kept;

    ZipFormat(Splitter splitter, Region region, int depth) {
        this.splitter = splitter;
        this.region = region;
        this.depth = depth;
    }

    /** A header at the beginning, or the end of a directory at the end: there may be anything before a zip. */
    static boolean isZip(Region region) throws IOException {
        if (region.size() < ZipDirectory.END_SIZE) {
            return false;
        }
        if (LittleEndian.u32(region.read(0, 4), 0) == LOCAL) {
            return true;
        }
        return ZipDirectory.end(region) >= 0;
    }

    void split() throws IOException {
        lookahead = new Lookahead(splitter, region);
        try {
            long at = nextHeader(0);
            while (at >= 0) {
                at = nextHeader(member(at));
            }
        } finally {
            lookahead.end();
        }
        Region rest = region.slice(kept, region.size() - kept);
        if (rest.size() >= 4 && LittleEndian.u32(rest.read(0, 4), 0) == DIRECTORY) {
            splitter.structure(rest);
        } else {
            splitter.unknown(rest);
        }
    }

    /** Takes the member at a local header and returns where to look for the next. */
    private long member(long at) throws IOException {
        byte[] header = region.read(at, LOCAL_SIZE);
        int flags = LittleEndian.u16(header, 6);
        int method = LittleEndian.u16(header, 8);
        long data = at + LOCAL_SIZE + LittleEndian.u16(header, 26) + LittleEndian.u16(header, 28);
        if (data > region.size()) {
            return at + 4;
        }
        long size = size(at, header, data);
        if (method == DEFLATED && (flags & ENCRYPTED) == 0) {
            Optional<Deflated> found = lookahead.at(at);
            if (found.isEmpty()) {
                found = splitter.look(region.slice(data, region.size() - data));
            }
            if (found.isPresent()) {
                try (Deflated member = found.get()) {
                    if (splitter.affords(member)) {
                        takeStructure(data);
                        splitter.deflated(member, depth);
                        kept = data + member.size();
                        return kept;
                    }
                }
            }
        }
        if (size < 0 || size > region.size() - data) {
            return at + 4;
        }
        takeStructure(data);
        if (method == STORED && (flags & ENCRYPTED) == 0) {
            splitter.split(region.slice(data, size), depth + 1);
        } else {
            splitter.content(region.slice(data, size));
        }
        kept = data + size;
        return kept;
    }

    /** Gives away what lies before a member's data: its header and whatever came before that. */
    private void takeStructure(long data) throws IOException {
        splitter.unknown(region.slice(kept, data - kept));
        kept = data;
    }

    /** Size of the member's data as its header knows it; -1 when it does not. */
    private long size(long at, byte[] header, long data) throws IOException {
        long size = LittleEndian.u32(header, 18);
        if ((LittleEndian.u16(header, 6) & SIZES_FOLLOW) != 0 && size == 0) {
            return -1;
        }
        if (size != IN_ZIP64) {
            return size;
        }
        int length = LittleEndian.u16(header, 28);
        byte[] extra = region.read(data - length, length);
        for (int i = 0; i + 4 <= length; i += 4 + LittleEndian.u16(extra, i + 2)) {
            if (LittleEndian.u16(extra, i) == ZIP64 && LittleEndian.u16(extra, i + 2) >= 16 && i + 20 <= length) {
                return LittleEndian.i64(extra, i + 12); // after the size of the contents
            }
        }
        return -1;
    }

    /** The next place, from {@code at} on, with the signature of a local header and room for one; -1 for none. */
    private long nextHeader(long at) throws IOException {
        long from = at;
        int chunk = LOCAL_SIZE; // mostly it is right here
        while (from + LOCAL_SIZE <= region.size()) {
            byte[] bytes = region.read(from, (int) Math.min(chunk, region.size() - from));
            chunk = Math.min(SCAN, 8 * chunk);
            for (int i = 0; i + 4 <= bytes.length && from + i + LOCAL_SIZE <= region.size(); i++) {
                if (bytes[i] == 'P' && LittleEndian.u32(bytes, i) == LOCAL) {
                    return from + i;
                }
            }
            from += bytes.length - 3;
        }
        return -1;
    }
}
