package io.jenkins.plugins.rollback.engine.ledger.index;

import java.util.Arrays;

/** A growing list of numbers in ascending order, four bytes each. */
final class Ints {

    private int[] values = new int[2];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + Math.max(2, size / 2));
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    int get(int at) {
        return values[at];
    }

    int last() {
        return size == 0 ? -1 : values[size - 1];
    }

    /** Where a number stands, or a negative number when it does not. */
    int find(int value) {
        return Arrays.binarySearch(values, 0, size, value);
    }

    /** The numbers that are in both. @param others in ascending order */
    int[] common(int[] others) {
        int[] both = new int[Math.min(size, others.length)];
        int count = 0;
        int at = 0;
        for (int other : others) {
            while (at < size && values[at] < other) {
                at++;
            }
            if (at < size && values[at] == other) {
                both[count++] = other;
            }
        }
        return Arrays.copyOf(both, count);
    }

    int[] copy() {
        return Arrays.copyOf(values, size);
    }
}
