package io.jenkins.plugins.rollback.engine.vault.archive;

import java.io.IOException;

/** Tar files: a header of 512 bytes before each member, which is padded to a multiple of 512. */
final class TarFormat {

    private static final int BLOCK = 512;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE_AT = 156;

    private final Splitter splitter;
    private final Region region;
    private final int depth;

    TarFormat(Splitter splitter, Region region, int depth) {
        this.splitter = splitter;
        this.region = region;
        this.depth = depth;
    }

    static boolean begins(Region region) throws IOException {
        return region.size() >= 2 * BLOCK && isHeader(region.read(0, BLOCK));
    }

    void split() throws IOException {
        long structure = 0; // begins what was not given away yet
        long at = 0;
        while (at + BLOCK <= region.size()) {
            byte[] header = region.read(at, BLOCK);
            if (!isHeader(header)) {
                break; // the blocks of zeros at the end, or something that we do not know
            }
            at += BLOCK;
            long size = hasData(header) ? size(header) : 0;
            if (size < 0 || size > region.size() - at) {
                break;
            }
            if (size > 0) {
                splitter.structure(region.slice(structure, at - structure));
                splitter.split(region.slice(at, size), depth + 1);
                structure = at + size;
                at += size;
            }
            at = Math.min(region.size(), (at + BLOCK - 1) / BLOCK * BLOCK);
        }
        splitter.unknown(region.slice(structure, region.size() - structure));
    }

    /** Links, devices and folders have none, whatever their size field says. */
    private static boolean hasData(byte[] header) {
        return header[TYPE_AT] < '1' || header[TYPE_AT] > '6';
    }

    /** The checksum counts its own field as spaces. */
    private static boolean isHeader(byte[] header) {
        long expected = octal(header, CHECKSUM_AT, CHECKSUM_LENGTH);
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_LENGTH;
            sum += own ? ' ' : header[i] & 0xff;
        }
        return header[0] != 0 && expected == sum;
    }

    private static long size(byte[] header) {
        if (header[SIZE_AT] != (byte) 0x80) {
            return octal(header, SIZE_AT, SIZE_LENGTH);
        }
        long size = 0; // binary, of GNU tar for sizes from 8 GiB on
        for (int i = SIZE_AT + 4; i < SIZE_AT + SIZE_LENGTH; i++) {
            size = size << 8 | header[i] & 0xff;
        }
        return size;
    }

    private static long octal(byte[] header, int at, int length) {
        long value = 0;
        int i = at;
        while (i < at + length && header[i] == ' ') {
            i++;
        }
        for (; i < at + length && header[i] != 0 && header[i] != ' '; i++) {
            if (header[i] < '0' || header[i] > '7') {
                return -1;
            }
            value = value << 3 | header[i] - '0';
        }
        return value;
    }
}
