package io.jenkins.plugins.rollback.engine.judge.classic;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Means, percentiles and ranks of a sample. No method changes the array it is given. */
final class Statistics {

    private Statistics() {}

    /** The mean; NaN of nothing. */
    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /**
     * The pth percentile, interpolated linearly between order statistics: type 7 of Hyndman and Fan (The American
     * Statistician 1996), which is R's default.
     *
     * @param p from 0 to 100
     * @return NaN of nothing
     */
    static double percentile(double[] values, double p) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = (sorted.length - 1) * p / 100;
        int below = (int) Math.floor(place);
        double rest = place - below;
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }

    /** The rank of each value from 1, the mean rank where values are equal. */
    static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int first = first(sorted, values[i]);
            int last = first;
            while (last + 1 < sorted.length && sorted[last + 1] == sorted[first]) {
                last++;
            }
            ranks[i] = (first + last) / 2.0 + 1;
        }
        return ranks;
    }

    /** Index of the first of equal values; zero and minus zero are equal here, as they are to {@code ==}. */
    private static int first(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The sum of t^3 - t over groups of t equal ranks: how much ties take from the variance of a rank sum. */
    static double tieCorrection(double[] ranks) {
        Map<Double, Integer> ties = new TreeMap<>();
        for (double rank : ranks) {
            ties.merge(rank, 1, Integer::sum);
        }
        return ties.values().stream().mapToDouble(t -> Math.pow(t, 3) - t).sum();
    }

    /** Whether there is one distinct value and no other. */
    static boolean isConstant(double[] values) {
        return values.length > 0 && Arrays.stream(values).allMatch(value -> value == values[0]);
    }
}
