package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.Entry;
import io.jenkins.plugins.rollback.engine.ledger.Ledger;
import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import io.jenkins.plugins.rollback.engine.ledger.state.Varint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Indexes of entries in ascending order, in one or two bytes each: what a projection keeps of entries that the ledger can
 * be asked for. Each is stored as its distance from the one before. Not thread safe.
 */
public final class Indexes {

    private byte[] bytes = new byte[2 * Varint.LONGEST];
    private int length;
    private int count;
    private long last;

    /**
     * Adds an index.
     *
     * @param index greater than every one before, from 0
     */
    public void add(long index) {
        if (index < last || index == last && count > 0) {
            throw new IllegalArgumentException("index " + index + " follows " + last);
        }
        if (length + Varint.LONGEST > bytes.length) {
            bytes = Arrays.copyOf(bytes, length + Varint.LONGEST + length / 2);
        }
        length = Varint.write(index - last, bytes, length);
        last = index;
        count++;
    }

    /** How many there are. */
    public int size() {
        return count;
    }

    /** All of them, in order. */
    public long[] toArray() {
        long[] indexes = new long[count];
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long index = 0;
        for (int i = 0; i < count; i++) {
            index += Varint.read(in);
            indexes[i] = index;
        }
        return indexes;
    }

    /** Writes them down. */
    public void save(StateWriter out) {
        out.number(count);
        out.number(last);
        out.bytes(Arrays.copyOf(bytes, length));
    }

    /** Reads what {@link #save} wrote. */
    public static Indexes load(StateReader in) {
        Indexes indexes = new Indexes();
        indexes.count = in.integer();
        indexes.last = in.number();
        indexes.bytes = in.bytes();
        indexes.length = indexes.bytes.length;
        return indexes;
    }

    /**
     * Reads entries that a projection knows by their index. When entries that were kept aside are merged, they get other
     * indexes: then the projection is asked again.
     *
     * @param known asked for the indexes; an answer is never modified
     * @throws UncheckedIOException when the ledger cannot read one of them
     */
    public static List<Entry> read(Ledger ledger, Supplier<long[]> known) {
        long[] indexes = known.get();
        while (true) {
            try {
                List<Entry> entries = new ArrayList<>(indexes.length);
                for (long index : indexes) {
                    if (!ledger.isDropped(index)) { // a projection hears of it only when all that goes is gone
                        entries.add(ledger.entry(index));
                    }
                }
                return List.copyOf(entries);
            } catch (IOException | IndexOutOfBoundsException e) {
                long[] now = known.get();
                if (Arrays.equals(now, indexes)) {
                    throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
                }
                indexes = now;
            }
        }
    }
}
