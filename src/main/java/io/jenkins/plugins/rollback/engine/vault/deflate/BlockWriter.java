package io.jenkins.plugins.rollback.engine.vault.deflate;

/** Collects the literals and matches of a block and writes it in the smallest of the three ways (zlib's trees.c). */
final class BlockWriter {

    private static final int MOST_SYMBOLS = 1 << 15;

    private static final int STORED = 0;
    private static final int STATIC = 1;
    private static final int DYNAMIC = 2;

    /** Codes in the list of code lengths: the previous one 3-6 times, zero 3-10 times, zero 11-138 times. */
    private static final int REPEAT = 16;

    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;

    /** GNU gzip considers ending a block whenever it has this many symbols more. */
    private static final int EARLY = 0xfff;

    private final BitBuffer out;
    private final HuffmanTree literals =
            new HuffmanTree(Codes.L_CODES, Codes.STATIC_L_LENGTHS, Codes.EXTRA_LENGTH_BITS, Codes.LITERALS + 1, 15);
    private final HuffmanTree distances =
            new HuffmanTree(Codes.D_CODES, Codes.STATIC_D_LENGTHS, Codes.EXTRA_DISTANCE_BITS, 0, 15);
    private final HuffmanTree bitLengths = new HuffmanTree(Codes.BL_CODES, null, Codes.EXTRA_BL_BITS, 0, 7);

    /** Distances of matches, 0 for a literal; and lengths less 3, or literals. */
    private final short[] symbolDistances = new short[MOST_SYMBOLS];

    private final byte[] symbolLengths = new byte[MOST_SYMBOLS];

    private int mostSymbols;
    private boolean endsEarly;
    private int symbols;
    private int matches;

    BlockWriter(BitBuffer out) {
        this.out = out;
    }

    /** Forgets everything; from now on works as the deflater of a profile. */
    void begin(DeflateProfile profile) {
        mostSymbols = profile.symbols() - 1;
        endsEarly = profile.endsBlocksEarly() && profile.level() > 2;
        begin();
    }

    private void begin() {
        literals.reset();
        distances.reset();
        bitLengths.reset();
        literals.frequencies[Codes.END_OF_BLOCK] = 1;
        symbols = 0;
        matches = 0;
    }

    /** @return whether the block is full */
    boolean literal(int value, long covered) {
        symbolDistances[symbols] = 0;
        symbolLengths[symbols++] = (byte) value;
        literals.frequencies[value]++;
        return isFull(covered);
    }

    /**
     * @param distance 1 to 32,768
     * @param length 3 to 258
     * @param covered bytes of input from the beginning of the block to where the deflater stands
     * @return whether the block is full
     */
    boolean match(int distance, int length, long covered) {
        symbolDistances[symbols] = (short) distance;
        symbolLengths[symbols++] = (byte) (length - Codes.SHORTEST_MATCH);
        matches++;
        literals.frequencies[Codes.lengthCode(length - Codes.SHORTEST_MATCH) + Codes.LITERALS + 1]++;
        distances.frequencies[Codes.distanceCode(distance - 1)]++;
        return isFull(covered);
    }

    private boolean isFull(long covered) {
        if (endsEarly && (symbols & EARLY) == 0) {
            // an upper bound of the block's size so far: ends it when it shrinks to less than half by few matches
            long bits = symbols * 8L;
            for (int code = 0; code < Codes.D_CODES; code++) {
                bits += distances.frequencies[code] * (5L + Codes.EXTRA_DISTANCE_BITS[code]);
            }
            if (matches < symbols / 2 && bits >>> 3 < covered / 2) {
                return true;
            }
        }
        return symbols == mostSymbols;
    }

    /**
     * Writes the block.
     *
     * @param window holds its input at {@code start}; a negative start says that it no longer does
     */
    void flush(byte[] window, int start, int length, boolean last) {
        literals.build();
        distances.build();
        int lastBitLength = buildBitLengths();
        long dynamicBits = literals.dynamicBits
                + distances.dynamicBits
                + bitLengths.dynamicBits
                + 3L * (lastBitLength + 1)
                + 5
                + 5
                + 4;
        long dynamicBytes = dynamicBits + 3 + 7 >>> 3;
        long staticBytes = literals.staticBits + distances.staticBits + 3 + 7 >>> 3;
        int end = last ? 1 : 0;
        if (start >= 0 && length + 4L <= Math.min(dynamicBytes, staticBytes)) {
            out.put((STORED << 1) + end, 3);
            out.align();
            out.put(length, 16);
            out.put(~length & 0xffff, 16);
            out.align();
            out.copy(window, start, length);
        } else if (staticBytes <= dynamicBytes) {
            out.put((STATIC << 1) + end, 3);
            symbols(Codes.STATIC_L_CODES, Codes.STATIC_L_LENGTHS, Codes.STATIC_D_CODES, Codes.STATIC_D_LENGTHS);
        } else {
            out.put((DYNAMIC << 1) + end, 3);
            trees(lastBitLength);
            symbols(literals.codes, literals.lengths, distances.codes, distances.lengths);
        }
        begin();
        if (last) {
            out.align();
        }
    }

    /** @return index in the order of sending of the last code-length code that is sent */
    private int buildBitLengths() {
        lengths(literals, false);
        lengths(distances, false);
        bitLengths.build();
        int last = Codes.BL_CODES - 1;
        while (last >= 3 && bitLengths.lengths[Codes.BL_ORDER[last]] == 0) {
            last--;
        }
        return last;
    }

    private void trees(int lastBitLength) {
        out.put(literals.maxCode + 1 - 257, 5);
        out.put(distances.maxCode + 1 - 1, 5);
        out.put(lastBitLength + 1 - 4, 4);
        for (int rank = 0; rank <= lastBitLength; rank++) {
            out.put(bitLengths.lengths[Codes.BL_ORDER[rank]], 3);
        }
        lengths(literals, true);
        lengths(distances, true);
    }

    /** Walks over the lengths of a tree in runs, and counts their codes or sends them. */
    private void lengths(HuffmanTree tree, boolean send) {
        int previous = -1;
        int next = tree.lengths[0];
        int count = 0;
        int most = next == 0 ? 138 : 7;
        int least = next == 0 ? 3 : 4;
        for (int n = 0; n <= tree.maxCode; n++) {
            int current = next;
            next = n == tree.maxCode ? -1 : tree.lengths[n + 1];
            if (++count < most && current == next) {
                continue;
            }
            if (send) {
                send(current, previous, count, least);
            } else {
                count(current, previous, count, least);
            }
            count = 0;
            previous = current;
            if (next == 0) {
                most = 138;
                least = 3;
            } else if (current == next) {
                most = 6;
                least = 3;
            } else {
                most = 7;
                least = 4;
            }
        }
    }

    private void count(int current, int previous, int count, int least) {
        if (count < least) {
            bitLengths.frequencies[current] += count;
        } else if (current != 0) {
            if (current != previous) {
                bitLengths.frequencies[current]++;
            }
            bitLengths.frequencies[REPEAT]++;
        } else {
            bitLengths.frequencies[count <= 10 ? ZEROS : MANY_ZEROS]++;
        }
    }

    private void send(int current, int previous, int count, int least) {
        if (count < least) {
            for (int i = 0; i < count; i++) {
                bitLength(current);
            }
        } else if (current != 0) {
            int left = count;
            if (current != previous) {
                bitLength(current);
                left--;
            }
            bitLength(REPEAT);
            out.put(left - 3, 2);
        } else if (count <= 10) {
            bitLength(ZEROS);
            out.put(count - 3, 3);
        } else {
            bitLength(MANY_ZEROS);
            out.put(count - 11, 7);
        }
    }

    private void bitLength(int symbol) {
        out.put(bitLengths.codes[symbol], bitLengths.lengths[symbol]);
    }

    private void symbols(int[] lCodes, int[] lLengths, int[] dCodes, int[] dLengths) {
        for (int i = 0; i < symbols; i++) {
            int distance = symbolDistances[i] & 0xffff;
            int value = symbolLengths[i] & 0xff;
            if (distance == 0) {
                out.put(lCodes[value], lLengths[value]);
                continue;
            }
            // all four parts of a match at once
            int code = Codes.lengthCode(value);
            long bits = lCodes[code + Codes.LITERALS + 1];
            int count = lLengths[code + Codes.LITERALS + 1];
            bits |= (long) (value - Codes.BASE_LENGTH[code]) << count;
            count += Codes.EXTRA_LENGTH_BITS[code];
            distance--;
            code = Codes.distanceCode(distance);
            bits |= (long) dCodes[code] << count;
            count += dLengths[code];
            bits |= (long) (distance - Codes.BASE_DISTANCE[code]) << count;
            count += Codes.EXTRA_DISTANCE_BITS[code];
            out.put(bits, count);
        }
        out.put(lCodes[Codes.END_OF_BLOCK], lLengths[Codes.END_OF_BLOCK]);
    }
}
