package io.jenkins.plugins.rollback.engine.judge.classic;

import io.jenkins.plugins.rollback.engine.judge.Normal;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The Mann-Whitney (Wilcoxon rank-sum) test turned into an interval for the shift between two samples, as R's
 * {@code wilcox.test(x, y, conf.int = TRUE, exact = FALSE, correct = TRUE)} makes it and Kayenta after it.
 *
 * @param low lower end of the shift's confidence interval, in the metric's unit
 * @param high upper end
 * @param estimate the Hodges-Lehmann estimate of the shift: the median of all differences between a value of the one
 *     sample and a value of the other
 */
record MannWhitney(double low, double high, double estimate) {

    /**
     * Compares two samples that are not both constant.
     *
     * @param confidence of the interval, between 0 and 1
     * @throws IllegalArgumentException when all values are equal, because then there is no variance to go by
     */
    static MannWhitney test(double[] x, double[] y, double confidence) {
        double z = Normal.above((1 - confidence) / 2);
        double least =
                Arrays.stream(x).min().orElseThrow() - Arrays.stream(y).max().orElseThrow();
        double most =
                Arrays.stream(x).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
        double estimate = RootSearch.between(least, most, shift -> standardised(shift, x, y));
        return new MannWhitney(
                shiftAt(z, least, most, shift -> standardised(shift, x, y)),
                shiftAt(-z, least, most, shift -> standardised(shift, x, y)),
                estimate);
    }

    /** The shift at which the statistic is z; it falls as the shift grows, and may not reach z at either end. */
    private static double shiftAt(double z, double least, double most, DoubleUnaryOperator statistic) {
        if (statistic.applyAsDouble(least) - z <= 0) {
            return least;
        }
        if (statistic.applyAsDouble(most) - z >= 0) {
            return most;
        }
        return RootSearch.between(least, most, shift -> statistic.applyAsDouble(shift) - z);
    }

    /**
     * The rank sum of x moved down by a shift, less what is expected if x and y then were alike, in standard
     * deviations: normal approximation with continuity and tie correction (Hollander and Wolfe, Nonparametric
     * Statistical Methods, 4.1).
     */
    static double standardised(double shift, double[] x, double[] y) {
        double n = x.length;
        double m = y.length;
        double[] all = Arrays.copyOf(x, x.length + y.length);
        for (int i = 0; i < x.length; i++) {
            all[i] -= shift;
        }
        System.arraycopy(y, 0, all, x.length, y.length);
        double[] ranks = Statistics.ranks(all);
        double excess = Arrays.stream(ranks, 0, x.length).sum() - n * (n + 1) / 2 - n * m / 2;
        double variance = n * m / 12 * (n + m + 1 - Statistics.tieCorrection(ranks) / ((n + m) * (n + m - 1)));
        if (!(variance > 0)) {
            throw new IllegalArgumentException("all values are equal");
        }
        return (excess - Math.signum(excess) * 0.5) / Math.sqrt(variance);
    }
}
