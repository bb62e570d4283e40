package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The window of a deflater, and for each place in it the places before that have the same hash: what matches are found
 * in. This is where deflating spends its time. Several bytes are therefore compared at once, and array indexes are
 * masked by the array's own length, which tells the compiler that they need no check.
 */
final class Chains {

    static final int WINDOW = 1 << 15;

    /** Bytes after a place that are at hand whenever a match is looked for there, unless the input ends. */
    static final int LOOKAHEAD = Codes.LONGEST_MATCH + Codes.SHORTEST_MATCH + 1;

    /** The farthest that a match may be, so that it does not reach into what a slide takes away. */
    static final int FARTHEST = WINDOW - LOOKAHEAD;

    /** Bytes in the window. */
    static final int SIZE = 2 * WINDOW;

    /** Comparing eight bytes at once reads so far behind the longest match. */
    private static final int SLACK = Long.BYTES;

    private static final int MOST_HASH_BITS = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] window = new byte[SIZE + SLACK];

    /** Latest place of each hash in the window; 0 is none, as in zlib, and so the byte at 0 is never matched. */
    private final char[] head = new char[1 << MOST_HASH_BITS];

    /** The place before a place with the same hash. What a {@link #head} does not lead to means nothing. */
    private final char[] previous = new char[WINDOW];

    /** Where the last match begins that {@link #longest} found. */
    int matchStart;

    private int hashShift;
    private int hashMask;
    private int good;
    private int nice;
    private int most;
    private boolean looksBeyondEnd;

    /** Forgets everything; from now on finds what the deflater of a profile finds. */
    void begin(DeflateProfile profile) {
        hashShift = (profile.hashBits() + Codes.SHORTEST_MATCH - 1) / Codes.SHORTEST_MATCH;
        hashMask = (1 << profile.hashBits()) - 1;
        good = profile.good();
        nice = profile.nice();
        most = profile.chain();
        looksBeyondEnd = profile.looksBeyondEnd();
        matchStart = 0;
        Arrays.fill(head, 0, 1 << profile.hashBits(), (char) 0);
        if (looksBeyondEnd) {
            Arrays.fill(window, (byte) 0);
        }
    }

    /** Remembers the three bytes at a place and returns the latest place of the same hash before it, or 0. */
    int insert(int at) {
        byte[] bytes = window;
        char[] heads = head;
        char[] before = previous;
        int hash = ((bytes[at] & 0xff) << 2 * hashShift ^ (bytes[at + 1] & 0xff) << hashShift ^ bytes[at + 2] & 0xff)
                & hashMask;
        char latest = heads[hash & heads.length - 1];
        before[at & before.length - 1] = latest;
        heads[hash & heads.length - 1] = (char) at;
        return latest;
    }

    /** {@link #insert} for all places from one to before another. */
    void insertAll(int from, int to) {
        if (from >= to) {
            return;
        }
        byte[] bytes = window;
        char[] heads = head;
        char[] before = previous;
        int shift = hashShift;
        int mask = hashMask;
        // what leaves the hash at the upper end is masked away: three shifts are at least its bits
        int hash = (bytes[from] & 0xff) << shift ^ bytes[from + 1] & 0xff;
        for (int at = from; at < to; at++) {
            hash = (hash << shift ^ bytes[at + 2] & 0xff) & mask;
            before[at & before.length - 1] = heads[hash & heads.length - 1];
            heads[hash & heads.length - 1] = (char) at;
        }
    }

    /**
     * Finds the longest match, the nearest of several.
     *
     * @param position what is to be matched
     * @param candidate the first place to look at
     * @param atLeast bytes; only longer matches count
     * @param lookahead bytes of input from {@code position} on
     * @return its length, its place is in {@link #matchStart}; {@code atLeast} when there is none
     */
    int longest(int position, int candidate, int atLeast, int lookahead) {
        byte[] bytes = window;
        char[] before = previous;
        int best = atLeast;
        int left = best >= good ? most >> 2 : most;
        int enough = looksBeyondEnd ? nice : Math.min(nice, lookahead);
        int limit = Math.max(position - FARTHEST, 0);
        // whatever is longer than the best so far has the same two bytes at its end
        short end = (short) SHORTS.get(bytes, position + best - 1);
        int at = candidate;
        do {
            if ((short) SHORTS.get(bytes, at + best - 1) == end) {
                int length = equalBytes(bytes, position, at);
                if (length > best) {
                    matchStart = at;
                    best = length;
                    if (length >= enough) {
                        break;
                    }
                    end = (short) SHORTS.get(bytes, position + best - 1);
                }
            }
            at = before[at & before.length - 1];
        } while (at > limit && --left != 0);
        return Math.min(best, lookahead);
    }

    /** How many bytes are the same at two places, up to the longest match. */
    private static int equalBytes(byte[] bytes, int one, int other) {
        for (int n = 0; n < Codes.LONGEST_MATCH; n += Long.BYTES) {
            long difference = (long) LONGS.get(bytes, one + n) ^ (long) LONGS.get(bytes, other + n);
            if (difference != 0) {
                return Math.min(n + (Long.numberOfTrailingZeros(difference) >>> 3), Codes.LONGEST_MATCH);
            }
        }
        return Codes.LONGEST_MATCH;
    }

    /** Moves the upper half of the window down, and all places with it. */
    void slide() {
        System.arraycopy(window, WINDOW, window, 0, WINDOW);
        matchStart -= WINDOW;
        slide(head);
        slide(previous);
    }

    private static void slide(char[] places) {
        for (int i = 0; i < places.length; i++) {
            places[i] = (char) Math.max(places[i] - WINDOW, 0);
        }
    }
}
