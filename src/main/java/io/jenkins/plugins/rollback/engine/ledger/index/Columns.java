package io.jenkins.plugins.rollback.engine.ledger.index;

import io.jenkins.plugins.rollback.engine.ledger.state.StateReader;
import io.jenkins.plugins.rollback.engine.ledger.state.StateWriter;
import java.util.Arrays;

/**
 * What entries are searched by, one array a property: 36 bytes an entry. Values below {@link #size} never change, and
 * growing makes new arrays, so a {@link #view} may be read without a lock while entries are added.
 */
final class Columns {

    static final int KIND = 0;
    static final int SERVICE = 1;
    static final int ENVIRONMENT = 2;
    static final int VERSION = 3;
    static final int ACTOR = 4;
    /** The deployment or rollback that an entry is about, and the second one where it is about two. */
    static final int SUBJECT = 5;

    static final int SECOND_SUBJECT = 6;
    static final int COUNT = 7;

    private final int[][] values;
    private long[] times; // milliseconds since 1970
    private int size;

    Columns() {
        this(new long[1024], new int[COUNT][1024], 0);
    }

    Columns(long[] times, int[][] values, int size) {
        this.times = times;
        this.values = values;
        this.size = size;
    }

    void add(long time, int... row) {
        if (size == times.length) {
            int more = size + Math.max(1024, size / 2);
            times = Arrays.copyOf(times, more);
            for (int column = 0; column < COUNT; column++) {
                values[column] = Arrays.copyOf(values[column], more);
            }
        }
        times[size] = time;
        for (int column = 0; column < COUNT; column++) {
            values[column][size] = row[column];
        }
        size++;
    }

    int size() {
        return size;
    }

    long[] times() {
        return times;
    }

    int[] column(int column) {
        return values[column];
    }

    /** The columns as they are now. */
    Columns view() {
        return new Columns(times, values.clone(), size);
    }

    /** Writes them down; times as the distance from the one before. */
    void save(StateWriter out) {
        long before = 0;
        for (int entry = 0; entry < size; entry++) {
            out.number(times[entry] - before);
            before = times[entry];
        }
        for (int[] column : values) {
            for (int entry = 0; entry < size; entry++) {
                out.number(column[entry]);
            }
        }
    }

    static Columns load(StateReader in, int size) {
        long[] times = new long[size];
        long before = 0;
        for (int entry = 0; entry < size; entry++) {
            before += in.number();
            times[entry] = before;
        }
        int[][] values = new int[COUNT][size];
        for (int[] column : values) {
            for (int entry = 0; entry < size; entry++) {
                column[entry] = in.integer();
            }
        }
        return new Columns(times, values, size);
    }
}
