package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.util.ArrayList;
import java.util.List;

/**
 * Which deflater at which setting: all that decides, beside the data, what the compressed bytes are. A profile is stored
 * as one {@link #code}, which therefore never changes its meaning.
 */
public enum DeflateProfile {
    // the order is the order of codes: add at the end only
    ZLIB_1(Family.ZLIB_8, 1),
    ZLIB_2(Family.ZLIB_8, 2),
    ZLIB_3(Family.ZLIB_8, 3),
    ZLIB_4(Family.ZLIB_8, 4),
    ZLIB_5(Family.ZLIB_8, 5),
    ZLIB_6(Family.ZLIB_8, 6),
    ZLIB_7(Family.ZLIB_8, 7),
    ZLIB_8(Family.ZLIB_8, 8),
    ZLIB_9(Family.ZLIB_8, 9),
    ZLIB_LARGE_1(Family.ZLIB_9, 1),
    ZLIB_LARGE_2(Family.ZLIB_9, 2),
    ZLIB_LARGE_3(Family.ZLIB_9, 3),
    ZLIB_LARGE_4(Family.ZLIB_9, 4),
    ZLIB_LARGE_5(Family.ZLIB_9, 5),
    ZLIB_LARGE_6(Family.ZLIB_9, 6),
    ZLIB_LARGE_7(Family.ZLIB_9, 7),
    ZLIB_LARGE_8(Family.ZLIB_9, 8),
    ZLIB_LARGE_9(Family.ZLIB_9, 9),
    GZIP_1(Family.GZIP, 1),
    GZIP_2(Family.GZIP, 2),
    GZIP_3(Family.GZIP, 3),
    GZIP_4(Family.GZIP, 4),
    GZIP_5(Family.GZIP, 5),
    GZIP_6(Family.GZIP, 6),
    GZIP_7(Family.GZIP, 7),
    GZIP_8(Family.GZIP, 8),
    GZIP_9(Family.GZIP, 9);

    /** What distinguishes deflaters that otherwise work alike. */
    private enum Family {
        /** zlib with memLevel 8, the default: nearly everything that makes archives today. */
        ZLIB_8(1 << 14, 15, false, false),
        /** zlib with memLevel 9. */
        ZLIB_9(1 << 15, 16, false, false),
        /** The older deflate of GNU gzip and Info-ZIP: ends a block early when it goes well. */
        GZIP(1 << 15, 15, true, true);

        final int symbols;
        final int hashBits;
        final boolean endsBlocksEarly;
        final boolean looksBeyondEnd;

        Family(int symbols, int hashBits, boolean endsBlocksEarly, boolean looksBeyondEnd) {
            this.symbols = symbols;
            this.hashBits = hashBits;
            this.endsBlocksEarly = endsBlocksEarly;
            this.looksBeyondEnd = looksBeyondEnd;
        }
    }

    /** zlib's configuration_table: shorten the search above this length, ... */
    private static final int[] GOOD = {0, 4, 4, 4, 4, 8, 8, 8, 32, 32};

    /** ... do not look for a better match above this one (levels 1-3: do not insert what a longer match covers), ... */
    private static final int[] LAZY = {0, 4, 5, 6, 4, 16, 16, 32, 128, 258};

    /** ... be content with this length, ... */
    private static final int[] NICE = {0, 8, 16, 32, 16, 32, 128, 128, 258, 258};

    /** ... and look at no more earlier places than this. */
    private static final int[] CHAIN = {0, 4, 8, 32, 16, 32, 128, 256, 1024, 4096};

    private static final DeflateProfile[] BY_CODE = values();

    private final Family family;
    private final int level;

    DeflateProfile(Family family, int level) {
        this.family = family;
        this.level = level;
    }

    /** The number under which the profile is stored, 0 to 127. */
    public int code() {
        return ordinal();
    }

    /** @throws IllegalArgumentException when this version knows no such profile */
    public static DeflateProfile of(int code) {
        if (code < 0 || code >= BY_CODE.length) {
            throw new IllegalArgumentException("unknown deflate profile " + code);
        }
        return BY_CODE[code];
    }

    /** All profiles, the likelier ones first. */
    public static List<DeflateProfile> byLikelihood() {
        List<DeflateProfile> order =
                new ArrayList<>(List.of(ZLIB_6, ZLIB_9, GZIP_6, ZLIB_1, GZIP_9, ZLIB_LARGE_6, ZLIB_LARGE_9));
        for (DeflateProfile profile : BY_CODE) {
            if (!order.contains(profile)) {
                order.add(profile);
            }
        }
        return order;
    }

    int level() {
        return level;
    }

    /** Size of the buffer of literals and matches; a block ends at one less. */
    int symbols() {
        return family.symbols;
    }

    int hashBits() {
        return family.hashBits;
    }

    boolean endsBlocksEarly() {
        return family.endsBlocksEarly;
    }

    /**
     * Whether matches are compared beyond the end of the input, with what the window still holds there, before they are
     * cut: deflaters older than zlib do, and so may choose another of two matches in the last bytes.
     */
    boolean looksBeyondEnd() {
        return family.looksBeyondEnd;
    }

    int good() {
        return GOOD[level];
    }

    int lazy() {
        return LAZY[level];
    }

    int nice() {
        return NICE[level];
    }

    int chain() {
        return CHAIN[level];
    }
}
