package io.jenkins.plugins.rollback.engine.ledger.index;

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
}
