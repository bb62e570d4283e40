package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * The raw deflate stream (RFC 1951, without a zlib or gzip header) of what another stream gives, byte for byte as the
 * deflater of a {@link DeflateProfile} writes it. Takes about half a MiB whatever the size of the data.
 *
 * <p>zlib's deflate.c as one loop that pulls its input: the window is always filled as far as it goes, which is what a
 * caller of zlib that has all input at hand gets.
 */
public final class DeflatedStream extends InputStream {

    private static final int WINDOW = Workspace.WINDOW;
    private static final int MASK = WINDOW - 1;
    private static final int LOOKAHEAD = Codes.LONGEST_MATCH + Codes.SHORTEST_MATCH + 1;
    private static final int FARTHEST = WINDOW - LOOKAHEAD;

    /** A match of three bytes farther away than this is not worth its distance. */
    private static final int TOO_FAR = 4096;

    private final InputStream in;
    private final DeflateProfile profile;
    private final int hashShift;
    private final int hashMask;

    /** {@code null} at the end of the stream: others use it then. */
    private Workspace workspace;

    private final byte[] window;
    private final char[] head;
    private final char[] previous;
    private final BlockWriter block;

    private int position;
    private int lookahead;
    private int blockStart;
    private int matchStart;
    private int matchLength = Codes.SHORTEST_MATCH - 1;
    private boolean literalWaits;
    private boolean inputEnded;
    private boolean endSeen;
    private boolean finished;

    /** @param in read to its end; closed with this stream */
    public DeflatedStream(InputStream in, DeflateProfile profile) {
        this.in = in;
        this.profile = profile;
        workspace = Workspace.take(profile);
        window = workspace.window;
        head = workspace.head;
        previous = workspace.previous;
        block = workspace.block;
        hashShift = (profile.hashBits() + Codes.SHORTEST_MATCH - 1) / Codes.SHORTEST_MATCH;
        hashMask = (1 << profile.hashBits()) - 1;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (workspace == null) {
            return -1;
        }
        while (workspace.out.available() == 0) {
            if (finished) {
                release();
                return -1;
            }
            if (profile.level() <= 3) {
                fast();
            } else {
                slow();
            }
        }
        return workspace.out.take(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
        release();
        in.close();
    }

    private void release() {
        if (workspace != null) {
            workspace.giveBack();
            workspace = null;
        }
    }

    /** Levels 1 to 3: takes each match at once. Goes on to the end of a block. */
    private void fast() throws IOException {
        while (fill()) {
            int candidate = lookahead >= Codes.SHORTEST_MATCH ? insert(position) : 0;
            int length = 0;
            if (candidate != 0 && position - candidate <= FARTHEST) {
                length = longestMatch(candidate, Codes.SHORTEST_MATCH - 1);
            }
            boolean full;
            if (length >= Codes.SHORTEST_MATCH) {
                full = block.match(position - matchStart, length, covered());
                lookahead -= length;
                if (length <= profile.lazy() && lookahead >= Codes.SHORTEST_MATCH) {
                    for (int i = 1; i < length; i++) {
                        insert(position + i);
                    }
                }
                position += length;
            } else {
                full = block.literal(window[position] & 0xff, covered());
                lookahead--;
                position++;
            }
            if (full) {
                flush(false);
                return;
            }
        }
        flush(true);
    }

    /** Levels 4 to 9: takes a match only when the next byte does not begin a longer one. */
    private void slow() throws IOException {
        while (fill()) {
            int candidate = lookahead >= Codes.SHORTEST_MATCH ? insert(position) : 0;
            int earlierLength = matchLength;
            int earlierStart = matchStart;
            matchLength = Codes.SHORTEST_MATCH - 1;
            if (candidate != 0 && earlierLength < profile.lazy() && position - candidate <= FARTHEST) {
                matchLength = longestMatch(candidate, earlierLength);
                if (matchLength == Codes.SHORTEST_MATCH && position - matchStart > TOO_FAR) {
                    matchLength = Codes.SHORTEST_MATCH - 1;
                }
            }
            if (earlierLength >= Codes.SHORTEST_MATCH && matchLength <= earlierLength) {
                if (takeEarlier(earlierStart, earlierLength)) {
                    flush(false);
                    return;
                }
            } else if (literalWaits) {
                boolean full = block.literal(window[position - 1] & 0xff, covered());
                if (full) {
                    flush(false);
                }
                position++;
                lookahead--;
                if (full) {
                    return;
                }
            } else {
                literalWaits = true;
                position++;
                lookahead--;
            }
        }
        if (literalWaits) {
            block.literal(window[position - 1] & 0xff, covered());
            literalWaits = false;
        }
        flush(true);
    }

    private boolean takeEarlier(int start, int length) {
        int lastInsert = position + lookahead - Codes.SHORTEST_MATCH;
        boolean full = block.match(position - 1 - start, length, covered());
        lookahead -= length - 1;
        for (int left = length - 2; left != 0; left--) {
            if (++position <= lastInsert) {
                insert(position);
            }
        }
        position++;
        literalWaits = false;
        matchLength = Codes.SHORTEST_MATCH - 1;
        return full;
    }

    private long covered() {
        return (long) position - blockStart;
    }

    private void flush(boolean last) {
        block.flush(window, blockStart, position - blockStart, last);
        blockStart = position;
        finished = last;
    }

    /** Remembers the three bytes at a place and returns the latest place of the same hash before it, or 0. */
    private int insert(int at) {
        int hash = ((window[at] & 0xff) << 2 * hashShift ^ (window[at + 1] & 0xff) << hashShift ^ window[at + 2] & 0xff)
                & hashMask;
        int before = head[hash];
        previous[at & MASK] = (char) before;
        head[hash] = (char) at;
        return before;
    }

    /** Sets {@link #matchStart} and returns the length of the best match that is longer than {@code best}. */
    private int longestMatch(int candidate, int best) {
        int chain = best >= profile.good() ? profile.chain() >> 2 : profile.chain();
        int nice = profile.looksBeyondEnd() ? profile.nice() : Math.min(profile.nice(), lookahead);
        int limit = Math.max(position - FARTHEST, 0);
        int scan = position;
        byte end = window[scan + best];
        byte beforeEnd = window[scan + best - 1];
        byte first = window[scan];
        do {
            if (window[candidate + best] == end
                    && window[candidate + best - 1] == beforeEnd
                    && window[candidate] == first
                    && window[candidate + 1] == window[scan + 1]) {
                int length = Arrays.mismatch(
                        window, scan, scan + Codes.LONGEST_MATCH, window, candidate, candidate + Codes.LONGEST_MATCH);
                if (length < 0) {
                    length = Codes.LONGEST_MATCH;
                }
                if (length > best) {
                    matchStart = candidate;
                    best = length;
                    if (length >= nice) {
                        break;
                    }
                    end = window[scan + best];
                    beforeEnd = window[scan + best - 1];
                }
            }
            candidate = previous[candidate & MASK];
        } while (candidate > limit && --chain != 0);
        return Math.min(best, lookahead);
    }

    /** Has enough input at hand for the longest match, or all there is; returns whether there is any. */
    private boolean fill() throws IOException {
        while (lookahead < LOOKAHEAD && !endSeen) {
            // also when nothing comes any more: where the window stands decides what may still be matched
            if (position >= WINDOW + FARTHEST) {
                slide();
            }
            if (inputEnded) {
                if (profile.looksBeyondEnd()) {
                    endSeen = true; // these deflaters clear two bytes and leave the window where it is
                    window[position + lookahead] = 0;
                    window[position + lookahead + 1] = 0;
                }
                break;
            }
            int from = position + lookahead;
            int n = in.readNBytes(window, from, window.length - from);
            lookahead += n;
            inputEnded = from + n < window.length;
        }
        return lookahead > 0;
    }

    private void slide() {
        workspace.slide();
        matchStart -= WINDOW;
        position -= WINDOW;
        blockStart -= WINDOW;
    }
}
