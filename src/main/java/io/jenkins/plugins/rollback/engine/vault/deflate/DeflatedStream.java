package io.jenkins.plugins.rollback.engine.vault.deflate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The raw deflate stream (RFC 1951, without a zlib or gzip header) of what another stream gives, byte for byte as the
 * deflater of a {@link DeflateProfile} writes it. Takes about half a MiB whatever the size of the data.
 *
 * <p>zlib's deflate.c as one loop that pulls its input: the window is always filled as far as it goes, which is what a
 * caller of zlib that has all input at hand gets.
 */
public final class DeflatedStream extends InputStream {

    /** A match of three bytes farther away than this is not worth its distance. */
    private static final int TOO_FAR = 4096;

    private final InputStream in;
    private final DeflateProfile profile;
    private final int lazy;

    /** {@code null} at the end of the stream: others use it then. */
    private Workspace workspace;

    private final Chains chains;
    private final byte[] window;
    private final BlockWriter block;

    private int position;
    private int lookahead;
    private int blockStart;
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
        chains = workspace.chains;
        window = chains.window;
        block = workspace.block;
        lazy = profile.lazy();
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
            int candidate = lookahead >= Codes.SHORTEST_MATCH ? chains.insert(position) : 0;
            int length = 0;
            if (candidate != 0 && position - candidate <= Chains.FARTHEST) {
                length = chains.longest(position, candidate, Codes.SHORTEST_MATCH - 1, lookahead);
            }
            boolean full;
            if (length >= Codes.SHORTEST_MATCH) {
                full = block.match(position - chains.matchStart, length, covered());
                lookahead -= length;
                if (length <= lazy && lookahead >= Codes.SHORTEST_MATCH) {
                    chains.insertAll(position + 1, position + length);
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
            int candidate = lookahead >= Codes.SHORTEST_MATCH ? chains.insert(position) : 0;
            int earlierLength = matchLength;
            int earlierStart = chains.matchStart;
            matchLength = Codes.SHORTEST_MATCH - 1;
            if (candidate != 0 && earlierLength < lazy && position - candidate <= Chains.FARTHEST) {
                matchLength = chains.longest(position, candidate, earlierLength, lookahead);
                if (matchLength == Codes.SHORTEST_MATCH && position - chains.matchStart > TOO_FAR) {
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
        int behindLast = position + lookahead - Codes.SHORTEST_MATCH + 1;
        boolean full = block.match(position - 1 - start, length, covered());
        lookahead -= length - 1;
        int next = position + length - 1; // the match began a byte before the position, which is inserted already
        chains.insertAll(position + 1, Math.min(next, behindLast));
        position = next;
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

    /** Has enough input at hand for the longest match, or all there is; returns whether there is any. */
    private boolean fill() throws IOException {
        if (lookahead < Chains.LOOKAHEAD && !endSeen) {
            fillWindow();
        }
        return lookahead > 0;
    }

    private void fillWindow() throws IOException {
        while (lookahead < Chains.LOOKAHEAD && !endSeen) {
            // also when nothing comes any more: where the window stands decides what may still be matched
            if (position >= Chains.WINDOW + Chains.FARTHEST) {
                chains.slide();
                position -= Chains.WINDOW;
                blockStart -= Chains.WINDOW;
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
            int n = in.readNBytes(window, from, Chains.SIZE - from);
            lookahead += n;
            inputEnded = from + n < Chains.SIZE;
        }
    }
}
