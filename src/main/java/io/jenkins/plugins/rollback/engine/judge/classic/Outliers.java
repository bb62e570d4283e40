package io.jenkins.plugins.rollback.engine.judge.classic;

import java.util.Arrays;

/** Tukey's fences: what lies further from the middle half than so many times its width is an outlier. */
final class Outliers {

    private Outliers() {}

    /** Without what lies outside {@link #fences}. */
    static double[] removed(double[] values, double factor, boolean lenient) {
        double[] fences = fences(values, factor, lenient);
        return Arrays.stream(values)
                .filter(value -> !(value < fences[0] || value > fences[1]))
                .toArray();
    }

    /**
     * The least and the greatest value that is no outlier.
     *
     * @param factor how many widths of the middle half; above 0
     * @param lenient whether nothing between the 1st and the 99th percentile is an outlier, whatever the fences say
     */
    static double[] fences(double[] values, double factor, boolean lenient) {
        double lower = Statistics.percentile(values, 25);
        double upper = Statistics.percentile(values, 75);
        double low = lower - factor * (upper - lower);
        double high = upper + factor * (upper - lower);
        return lenient
                ? new double[] {
                    Math.min(low, Statistics.percentile(values, 1)), Math.max(high, Statistics.percentile(values, 99))
                }
                : new double[] {low, high};
    }
}
