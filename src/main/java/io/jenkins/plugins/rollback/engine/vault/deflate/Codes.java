package io.jenkins.plugins.rollback.engine.vault.deflate;

/** The constant tables of RFC 1951, section 3.2, as zlib's trees.c arranges them. */
final class Codes {

    static final int LITERALS = 256;
    static final int END_OF_BLOCK = 256;
    static final int LENGTH_CODES = 29;

    /** Literals, the end of a block, lengths. */
    static final int L_CODES = LITERALS + 1 + LENGTH_CODES;

    static final int D_CODES = 30;
    static final int BL_CODES = 19;

    static final int SHORTEST_MATCH = 3;
    static final int LONGEST_MATCH = 258;

    static final int[] EXTRA_LENGTH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };
    static final int[] EXTRA_DISTANCE_BITS = {
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13
    };
    static final int[] EXTRA_BL_BITS = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7};

    /** In which order the lengths of the code-length codes are sent. */
    static final int[] BL_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    /** Code of a match's length less 3. */
    private static final byte[] LENGTH_CODE = new byte[256];

    static final int[] BASE_LENGTH = new int[LENGTH_CODES];

    /** Codes of distances less 1 up to 255; from 256 on, of their upper bits. */
    private static final byte[] DISTANCE_CODE = new byte[512];

    static final int[] BASE_DISTANCE = new int[D_CODES];

    /** The fixed trees; two literal codes more than are ever used. */
    static final int[] STATIC_L_LENGTHS = new int[L_CODES + 2];

    static final int[] STATIC_L_CODES;
    static final int[] STATIC_D_LENGTHS = new int[D_CODES];
    static final int[] STATIC_D_CODES = new int[D_CODES];

    static {
        int length = 0;
        for (int code = 0; code < LENGTH_CODES - 1; code++) {
            BASE_LENGTH[code] = length;
            for (int n = 0; n < 1 << EXTRA_LENGTH_BITS[code]; n++) {
                LENGTH_CODE[length++] = (byte) code;
            }
        }
        // length 258 has a code of its own, although 284 with all extra bits would do
        LENGTH_CODE[length - 1] = LENGTH_CODES - 1;
        BASE_LENGTH[LENGTH_CODES - 1] = length - 1;
        int distance = 0;
        for (int code = 0; code < 16; code++) {
            BASE_DISTANCE[code] = distance;
            for (int n = 0; n < 1 << EXTRA_DISTANCE_BITS[code]; n++) {
                DISTANCE_CODE[distance++] = (byte) code;
            }
        }
        distance >>= 7; // from here on all distances are divided by 128
        for (int code = 16; code < D_CODES; code++) {
            BASE_DISTANCE[code] = distance << 7;
            for (int n = 0; n < 1 << EXTRA_DISTANCE_BITS[code] - 7; n++) {
                DISTANCE_CODE[256 + distance++] = (byte) code;
            }
        }
        for (int n = 0; n < STATIC_L_LENGTHS.length; n++) {
            STATIC_L_LENGTHS[n] = n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8;
        }
        STATIC_L_CODES = HuffmanTree.codes(STATIC_L_LENGTHS, STATIC_L_LENGTHS.length - 1);
        for (int n = 0; n < D_CODES; n++) {
            STATIC_D_LENGTHS[n] = 5;
            STATIC_D_CODES[n] = Integer.reverse(n) >>> 27;
        }
    }

    private Codes() {}

    /** @param length of a match, less 3 */
    static int lengthCode(int length) {
        return LENGTH_CODE[length];
    }

    /** @param distance of a match, less 1 */
    static int distanceCode(int distance) {
        return distance < 256 ? DISTANCE_CODE[distance] : DISTANCE_CODE[256 + (distance >> 7)];
    }
}
